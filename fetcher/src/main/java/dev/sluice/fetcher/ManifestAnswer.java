package dev.sluice.fetcher;

import java.time.Instant;
import java.util.Optional;

/** The answer to a {@link ManifestRequest}: {@link Found} or {@link Refused}. */
public sealed interface ManifestAnswer permits ManifestAnswer.Found, Refused {

  /**
   * The manifest is stored on this node.
   *
   * @param provenance what it took
   * @param checkedAt when upstream last confirmed the tag; empty for a manifest by digest, which
   *     needs no confirmation
   * @param usableUntil how long this answer may be given again without asking
   * @param staleReason why upstream could not confirm it; empty unless the answer is stale
   */
  record Found(
      Descriptor manifest,
      Provenance provenance,
      Optional<Instant> checkedAt,
      Instant usableUntil,
      Optional<String> staleReason)
      implements ManifestAnswer {}
}

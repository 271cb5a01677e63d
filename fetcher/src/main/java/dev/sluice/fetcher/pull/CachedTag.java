package dev.sluice.fetcher.pull;

import dev.sluice.fetcher.Descriptor;
import dev.sluice.fetcher.ManifestAnswer.Found;
import dev.sluice.fetcher.Provenance;
import dev.sluice.metadata.TagEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A tag that is cached: where it points, and the manifest there. */
record CachedTag(TagEntry entry, Descriptor manifest) {

  /** The answer while no check is due. */
  Found fresh(Duration interval, Provenance how) {
    Instant checkedAt = entry.checkedAt();
    return new Found(
        manifest, how, Optional.of(checkedAt), checkedAt.plus(interval), Optional.empty());
  }

  /** The answer for a tag that does not move, for this long. */
  Found fixed(Instant usableUntil) {
    return new Found(
        manifest, Provenance.HIT, Optional.of(entry.checkedAt()), usableUntil, Optional.empty());
  }

  /** The answer where upstream did not say whether it still holds. */
  Found stale(String reason, Instant usableUntil) {
    return new Found(
        manifest,
        Provenance.STALE,
        Optional.of(entry.checkedAt()),
        usableUntil,
        Optional.of(reason));
  }
}

package dev.sluice.fetcher;

import dev.sluice.storage.Digest;
import java.time.Instant;
import java.util.Optional;

/** The answer to a {@link CheckRequest}; {@link Refused} where upstream did not say. */
public sealed interface CheckAnswer permits CheckAnswer.Confirmed, CheckAnswer.Moved, Refused {

  /** The tag points where it did. */
  record Confirmed(Digest digest, Instant checkedAt) implements CheckAnswer {}

  /**
   * The tag points elsewhere, and what it points to is here now.
   *
   * @param from empty where the tag was not cached
   */
  record Moved(Optional<Digest> from, Digest to, Instant checkedAt) implements CheckAnswer {}
}

package dev.sluice.metadata;

import dev.sluice.storage.Digest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Where a tag points, as of its last check.
 *
 * @param digest of the manifest or index
 * @param mediaType of that manifest
 * @param checkedAt when upstream last said so
 * @param failed the last check, where it failed
 */
public record TagEntry(
    Digest digest, String mediaType, Instant checkedAt, Optional<FailedCheck> failed) {

  /** As upstream just said. */
  public TagEntry(Digest digest, String mediaType, Instant checkedAt) {
    this(digest, mediaType, checkedAt, Optional.empty());
  }

  /** The entry after a check that found the tag where it was. */
  public TagEntry confirmed(Instant at) {
    return new TagEntry(digest, mediaType, at);
  }

  /** The entry after a check that failed. */
  public TagEntry afterFailure(FailedCheck check) {
    return new TagEntry(digest, mediaType, checkedAt, Optional.of(check));
  }

  /**
   * Whether a check is not due yet. A check in the future is due: the clock was set back, and
   * trusting the entry would freeze the tag until that time comes again.
   */
  public boolean isFresh(Instant now, Duration interval) {
    return !checkedAt.isAfter(now) && now.isBefore(checkedAt.plus(interval));
  }
}

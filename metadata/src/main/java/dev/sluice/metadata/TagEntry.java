package dev.sluice.metadata;

import dev.sluice.storage.Digest;
import java.time.Duration;
import java.time.Instant;

/**
 * Where a tag points, as of its last check.
 *
 * @param digest of the manifest or index
 * @param mediaType of that manifest
 * @param checkedAt when upstream last said so
 */
public record TagEntry(Digest digest, String mediaType, Instant checkedAt) {

  /**
   * Whether a check is not due yet. A check in the future is due: the clock was set back, and
   * trusting the entry would freeze the tag until that time comes again.
   */
  public boolean isFresh(Instant now, Duration interval) {
    return !checkedAt.isAfter(now) && now.isBefore(checkedAt.plus(interval));
  }
}

package dev.sluice.storage.growing;

import java.time.Instant;
import java.util.Optional;

/**
 * How far a scrub has come.
 *
 * @param bytes of the blobs that this round goes through
 * @param checkedBytes how many of them were read, or their blob has gone
 * @param blobs that this round goes through
 * @param checkedBlobs how many of them were read, or have gone
 * @param wrong how many were found wrong since the start
 * @param completed when a round last came to its end
 */
public record ScrubProgress(
    long bytes,
    long checkedBytes,
    long blobs,
    long checkedBlobs,
    long wrong,
    Optional<Instant> completed,
    boolean isRunning) {

  static final ScrubProgress NONE = new ScrubProgress(0, 0, 0, 0, 0, Optional.empty(), false);

  /** From 0 to 1; 1 where there is nothing to read. */
  public double ratio() {
    return bytes == 0 ? 1 : (double) checkedBytes / bytes;
  }

  ScrubProgress begun(long allBytes, long allBlobs) {
    return new ScrubProgress(allBytes, 0, allBlobs, 0, wrong, completed, true);
  }

  ScrubProgress at(long read) {
    return new ScrubProgress(bytes, read, blobs, checkedBlobs, wrong, completed, true);
  }

  ScrubProgress after(long read, boolean isWrong) {
    long found = wrong + (isWrong ? 1 : 0);
    return new ScrubProgress(bytes, read, blobs, checkedBlobs + 1, found, completed, true);
  }

  ScrubProgress ended(Instant now) {
    return new ScrubProgress(
        bytes, checkedBytes, blobs, checkedBlobs, wrong, Optional.of(now), false);
  }

  ScrubProgress stopped() {
    return new ScrubProgress(bytes, checkedBytes, blobs, checkedBlobs, wrong, completed, false);
  }
}

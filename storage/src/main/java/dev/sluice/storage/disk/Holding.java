package dev.sluice.storage.disk;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;

/** What is known of a blob's file beyond the file itself: who reads it, and whether it is right. */
final class Holding {

  /** How exactly a file's time of last use is kept. */
  private static final Duration USE_NOTED = Duration.ofMinutes(1);

  private final long bytes;
  private final AtomicInteger readers = new AtomicInteger();
  private volatile Stamp verified;
  private volatile Instant noted;

  /**
   * A file of which nothing else is known.
   *
   * @param lastUsed as its file says
   */
  Holding(long bytes, Instant lastUsed) {
    this.bytes = bytes;
    this.noted = lastUsed;
  }

  /** Its size. */
  long bytes() {
    return bytes;
  }

  void open() {
    readers.incrementAndGet();
  }

  void close() {
    readers.decrementAndGet();
  }

  /** Whether anybody has it open. */
  boolean isOpen() {
    return readers.get() > 0;
  }

  /** Whether a file with this stamp was found right. */
  boolean isVerified(Stamp stamp) {
    return stamp.equals(verified);
  }

  /** A file with this stamp was found right. */
  void verified(Stamp stamp) {
    verified = stamp;
  }

  /** Whether a use now is to be noted at the file. */
  boolean isWorthNoting(Instant now) {
    boolean due = Duration.between(noted, now).abs().compareTo(USE_NOTED) >= 0;
    if (due) {
      noted = now;
    }
    return due;
  }
}

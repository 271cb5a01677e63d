package dev.sluice.deploy.accept;

import java.io.IOException;
import java.security.MessageDigest;

/** One client of a herd that reads a generated blob and judges what it gets. */
final class HerdClient {
  private static final int BUFFER = 256 * 1024;

  /**
   * What a client does with the bytes: hashing all of them takes most of a small machine's time.
   */
  enum Habit {
    HASHES,
    SAMPLES,
    LEAVES_HALF_WAY
  }

  /**
   * What one client saw.
   *
   * @param bytes how many it read
   * @param correct whether every byte it looked at was the blob's
   * @param firstByteAt {@link System#nanoTime} at the first byte of the body
   */
  record Report(Habit habit, int status, long bytes, boolean correct, long firstByteAt) {}

  private final Habit habit;
  private final GeneratedBlob blob;

  HerdClient(Habit habit, GeneratedBlob blob) {
    this.habit = habit;
    this.blob = blob;
  }

  /** Reads until the body's end, or until it has enough of it. */
  Report follow(RawDownload download) throws IOException {
    int status = download.head().status();
    byte[] buffer = new byte[BUFFER];
    MessageDigest sha256 = Sha256.digest();
    long wanted = habit == Habit.LEAVES_HALF_WAY ? blob.size() / 2 : Long.MAX_VALUE;
    int length = download.read(buffer);
    long firstByteAt = System.nanoTime();
    long total = 0;
    boolean correct = true;
    while (length > 0 && total < wanted) {
      if (habit == Habit.HASHES) {
        sha256.update(buffer, 0, length);
      }
      correct &= sampleIsRight(buffer, total, length);
      total += length;
      length = download.read(buffer);
    }
    correct &= habit != Habit.HASHES || Sha256.named(sha256.digest()).equals(blob.digest());
    return new Report(habit, status, total, correct, firstByteAt);
  }

  private boolean sampleIsRight(byte[] buffer, long offset, int length) {
    return buffer[0] == blob.at(offset) && buffer[length - 1] == blob.at(offset + length - 1);
  }
}

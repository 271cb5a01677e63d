package dev.sluice.storage;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * One blob being written. {@link #commit} verifies and publishes it, {@link #abort} drops it, and
 * nothing else makes it visible. Used by one thread at a time.
 */
public interface BlobWriter {

  /** Appends these bytes. */
  void write(ByteBuffer[] bytes) throws IOException;

  /** How many bytes were appended so far. */
  long written();

  /**
   * Publishes the blob durably if its size and digest are right, and drops it if they are not, or
   * if it cannot be made durable.
   *
   * @throws IOException where it is not known whether the bytes are right
   */
  Verdict commit() throws IOException;

  /** Drops what was written. Does nothing after a commit, so that it fits a {@code finally}. */
  void abort();

  /** What a commit found. */
  sealed interface Verdict {
    /** Size and digest are right: the blob is visible. */
    record Right() implements Verdict {}

    /** The bytes are not what their name says; nothing was kept. */
    record Wrong(String reason) implements Verdict {}

    /** The bytes are right and could not be kept, for a reason in words for people. */
    record Unkept(String reason) implements Verdict {}
  }
}

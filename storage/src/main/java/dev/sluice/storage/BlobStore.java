package dev.sluice.storage;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Whole blobs at rest. Every blob it finds was verified before it became visible. Its methods may
 * block, and are safe to use from many threads.
 */
public interface BlobStore {

  /**
   * The size of a blob in bytes; empty where there is none.
   *
   * @throws IOException where that cannot be known now
   */
  OptionalLong find(Digest digest) throws IOException;

  /**
   * Opens a blob for reading; the caller closes it. A stream whose bytes cannot be read to the end
   * fails, and never ends early.
   *
   * @param offset the first byte that is wanted, at most the blob's size
   * @throws java.nio.file.NoSuchFileException where there is no such blob
   */
  InputStream open(Digest digest, long offset) throws IOException;

  /**
   * Begins a blob.
   *
   * @param size what the blob must come to; empty where only its digest is known
   */
  BlobWriter create(Digest digest, OptionalLong size) throws IOException;

  /**
   * Drops a blob. Who reads it may read on.
   *
   * @return whether it was there
   */
  boolean delete(Digest digest) throws IOException;

  /** Shows every blob, in no order; one that comes or goes meanwhile is shown or not. */
  void each(Consumer<AtRest> visitor) throws IOException;

  /**
   * A blob at rest.
   *
   * @param bytes its size
   * @param since when it came, or was last used where the store notes that
   */
  record AtRest(Digest digest, long bytes, Instant since) {}
}

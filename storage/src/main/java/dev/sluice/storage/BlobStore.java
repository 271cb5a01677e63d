package dev.sluice.storage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.OptionalLong;

/** Whole blobs at rest. Every blob it finds was verified before it became visible. */
public interface BlobStore {

  /** The size of a blob in bytes; empty where there is none. */
  OptionalLong find(Digest digest);

  /**
   * Opens a blob for reading; the caller closes it.
   *
   * @throws java.nio.file.NoSuchFileException where there is none
   */
  FileChannel open(Digest digest) throws IOException;

  /**
   * Begins a blob.
   *
   * @param size what the blob must come to; empty where only its digest is known
   */
  BlobWriter create(Digest digest, OptionalLong size) throws IOException;
}

package dev.sluice.storage;

import java.io.IOException;
import java.util.OptionalLong;

/**
 * A store on this machine, whose blobs are files: they can be sent without passing through this
 * process, and read while they are written.
 */
public interface FileBlobStore extends BlobStore {

  @Override
  OptionalLong find(Digest digest);

  /**
   * Opens the file of a blob, which counts as use; the caller closes it.
   *
   * @throws java.nio.file.NoSuchFileException where there is none
   */
  BlobFile hold(Digest digest) throws IOException;

  /**
   * The same, for one who looks after blobs and does not use them.
   *
   * @throws java.nio.file.NoSuchFileException where there is none
   */
  BlobFile inspect(Digest digest) throws IOException;

  @Override
  FileBlobWriter create(Digest digest, OptionalLong size) throws IOException;

  /** A blob being written to a file that can be read meanwhile. */
  interface FileBlobWriter extends BlobWriter {

    /**
     * The bytes so far, for positional reads while the blob grows and after it is whole. Whoever
     * created the writer closes it, once the last reader is through.
     */
    BlobFile file();
  }
}

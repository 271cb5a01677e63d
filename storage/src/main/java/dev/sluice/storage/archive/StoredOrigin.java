package dev.sluice.storage.archive;

import dev.sluice.storage.BlobStore;
import dev.sluice.storage.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.OptionalLong;

/** A blob at rest on this node; opened when the first byte is read. */
final class StoredOrigin implements Origin {

  private final BlobStore store;
  private final Digest digest;
  private InputStream bytes;

  StoredOrigin(BlobStore store, Digest digest) {
    this.store = store;
    this.digest = digest;
  }

  /** Not asked of the store: the digest says enough. */
  @Override
  public OptionalLong size() {
    return OptionalLong.empty();
  }

  @Override
  public int read(byte[] into) throws IOException {
    try {
      if (bytes == null) {
        bytes = store.open(digest, 0);
      }
    } catch (NoSuchFileException dropped) {
      throw new Lost("it was dropped here meanwhile");
    }
    return bytes.read(into);
  }

  /** It reads a file of its own. */
  @Override
  public void stop() {}

  @Override
  public void close() throws IOException {
    if (bytes != null) {
      bytes.close();
    }
  }
}

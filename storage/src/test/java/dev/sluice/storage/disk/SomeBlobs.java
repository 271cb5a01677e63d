package dev.sluice.storage.disk;

import dev.sluice.storage.BlobFile;
import dev.sluice.storage.BlobWriter.Verdict;
import dev.sluice.storage.Digest;
import dev.sluice.storage.FileBlobStore;
import dev.sluice.storage.FileBlobStore.FileBlobWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.Random;

/** Blobs that a number tells apart, and how they are written. */
public final class SomeBlobs {

  private SomeBlobs() {}

  /** So many bytes, other ones for each number. */
  public static byte[] bytes(int number, int length) {
    byte[] bytes = new byte[length];
    new Random(number).nextBytes(bytes);
    return bytes;
  }

  /** Writes them, of a known size. */
  public static Digest write(FileBlobStore store, byte[] bytes) throws IOException {
    Digest digest = Digest.sha256(bytes);
    FileBlobWriter writer = store.create(digest, OptionalLong.of(bytes.length));
    try (BlobFile _ = writer.file()) {
      writer.write(new ByteBuffer[] {ByteBuffer.wrap(bytes)});
      if (!writer.commit().equals(new Verdict.Right())) {
        throw new IOException("it was not kept");
      }
    } finally {
      writer.abort();
    }
    return digest;
  }

  /** Where a store in this folder has a blob. */
  public static Path place(Path root, Digest digest) {
    return new BlobLayout(root).blob(digest);
  }
}

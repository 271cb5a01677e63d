package dev.sluice.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.storage.BlobWriter.Verdict;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.OptionalLong;

/** How tests write whole blobs into a store, and see that there is none. */
public final class WrittenBlobs {

  /** The size of more than one part, where a store moves parts, and not of whole ones. */
  static final long LARGE = (40 << 20) + 12_345;

  private WrittenBlobs() {}

  /** Writes a blob that its store must keep. */
  public static Digest write(BlobStore store, byte[] bytes) throws IOException {
    Digest digest = Digest.sha256(bytes);
    assertThat(write(store, digest, OptionalLong.empty(), bytes)).isEqualTo(new Verdict.Right());
    return digest;
  }

  /** Writes bytes that may not be those of the digest and the size. */
  static Verdict write(BlobStore store, Digest digest, OptionalLong size, byte[] bytes)
      throws IOException {
    BlobWriter writer = store.create(digest, size);
    try {
      writer.write(new ByteBuffer[] {ByteBuffer.wrap(bytes)});
      assertThat(writer.written()).isEqualTo(bytes.length);
      return writer.commit();
    } finally {
      writer.abort();
    }
  }

  /** Writes a blob as {@code digest}, which may not be its own. */
  static Verdict write(BlobStore store, Digest digest, OptionalLong size, GeneratedBlob blob)
      throws IOException {
    BlobWriter writer = store.create(digest, size);
    try {
      blob.writeTo(writer);
      return writer.commit();
    } finally {
      writer.abort();
    }
  }

  /** The same as what it is. */
  public static Digest write(BlobStore store, GeneratedBlob blob) throws IOException {
    Digest digest = blob.digest();
    OptionalLong size = OptionalLong.of(blob.size());
    assertThat(write(store, digest, size, blob)).isEqualTo(new Verdict.Right());
    return digest;
  }

  /** No method of the store knows this blob. */
  static void assertNone(BlobStore store, Digest digest) throws IOException {
    assertThat(store.find(digest)).isEmpty();
    assertThatThrownBy(() -> store.open(digest, 0)).isInstanceOf(NoSuchFileException.class);
    assertThat(store.delete(digest)).isFalse();
    store.each(shown -> assertThat(shown.digest()).isNotEqualTo(digest));
  }
}

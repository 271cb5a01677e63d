package dev.sluice.storage.disk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.storage.BlobFile;
import dev.sluice.storage.BlobWriter.Verdict;
import dev.sluice.storage.Digest;
import dev.sluice.storage.FileBlobStore.FileBlobWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskBlobStoreTest {

  private static final byte[] BYTES = "some layer".getBytes(StandardCharsets.UTF_8);
  private static final Digest DIGEST = Digest.sha256(BYTES);

  @TempDir Path root;
  private DiskBlobStore store;

  @BeforeEach
  void open() throws IOException {
    store = DiskBlobStore.open(root);
  }

  @Test
  void aRightBlobBecomesVisibleUnderItsDigest() throws IOException {
    assertThat(write(DIGEST, OptionalLong.of(BYTES.length), BYTES)).isEqualTo(new Verdict.Right());

    assertThat(store.find(DIGEST)).hasValue(BYTES.length);
    assertThat(root.resolve("blobs/sha256/" + DIGEST.hex().substring(0, 2) + "/" + DIGEST.hex()))
        .hasBinaryContent(BYTES);
    assertThat(root.resolve("incomplete")).isEmptyDirectory();
  }

  @Test
  void aBlobIsNotVisibleBeforeItsCommit() throws IOException {
    FileBlobWriter writer = store.create(DIGEST, OptionalLong.of(BYTES.length));
    try (BlobFile _ = writer.file()) {
      writer.write(new ByteBuffer[] {ByteBuffer.wrap(BYTES)});

      assertThat(store.find(DIGEST)).isEmpty();
    } finally {
      writer.abort();
    }
    assertThat(root.resolve("incomplete")).isEmptyDirectory();
  }

  @Test
  void oneFlippedBitIsRefused() throws IOException {
    byte[] flipped = BYTES.clone();
    flipped[3] ^= 1;

    assertThat(write(DIGEST, OptionalLong.of(BYTES.length), flipped))
        .isInstanceOf(Verdict.Wrong.class);
    assertThat(store.find(DIGEST)).isEmpty();
    assertThat(root.resolve("incomplete")).isEmptyDirectory();
  }

  @Test
  void aShortBlobIsRefused() throws IOException {
    assertThat(write(DIGEST, OptionalLong.of(BYTES.length + 1), BYTES))
        .isInstanceOf(Verdict.Wrong.class);
    assertThat(store.find(DIGEST)).isEmpty();
  }

  @Test
  void sha512IsVerifiedToo() throws IOException {
    var hasher = Digest.Algorithm.SHA512.hasher();
    hasher.update(BYTES);
    Digest digest = Digest.of(Digest.Algorithm.SHA512, hasher);

    assertThat(write(digest, OptionalLong.empty(), BYTES)).isEqualTo(new Verdict.Right());
    assertThat(store.find(digest)).hasValue(BYTES.length);
  }

  @Test
  void leftoversOfACrashAreRemovedAtStart() throws IOException {
    write(DIGEST, OptionalLong.empty(), BYTES);
    Files.write(root.resolve("incomplete/sha256-abc.1"), BYTES);

    DiskBlobStore again = DiskBlobStore.open(root);

    assertThat(root.resolve("incomplete")).isEmptyDirectory();
    assertThat(again.find(DIGEST)).hasValue(BYTES.length);
  }

  @Test
  void anEmptyFileIsABlobOnlyUnderTheDigestOfNothing() throws IOException {
    Digest nothing = Digest.sha256(new byte[0]);
    write(nothing, OptionalLong.of(0), new byte[0]);
    write(DIGEST, OptionalLong.empty(), BYTES);
    Files.write(new BlobLayout(root).blob(DIGEST), new byte[0]);

    assertThat(store.find(nothing)).hasValue(0);
    assertThat(store.find(DIGEST)).isEmpty();
  }

  @Test
  void abortAfterCommitKeepsTheBlob() throws IOException {
    FileBlobWriter writer = store.create(DIGEST, OptionalLong.empty());
    try (BlobFile _ = writer.file()) {
      writer.write(new ByteBuffer[] {ByteBuffer.wrap(BYTES)});
      writer.commit();
      writer.abort();
    }
    assertThat(store.find(DIGEST)).hasValue(BYTES.length);
  }

  private Verdict write(Digest digest, OptionalLong size, byte[] bytes) throws IOException {
    FileBlobWriter writer = store.create(digest, size);
    try (BlobFile _ = writer.file()) {
      writer.write(new ByteBuffer[] {ByteBuffer.wrap(bytes)});
      return writer.commit();
    }
  }
}

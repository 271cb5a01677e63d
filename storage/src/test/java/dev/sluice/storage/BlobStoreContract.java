package dev.sluice.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.storage.BlobStore.AtRest;
import dev.sluice.storage.BlobWriter.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every store of blobs does. */
public abstract class BlobStoreContract {

  /** Of more than one part, where a store sends parts, and not of whole ones. */
  private static final long LARGE = (40 << 20) + 12_345;

  private static final byte[] BYTES = "some layer".getBytes(StandardCharsets.UTF_8);
  private static final Digest DIGEST = Digest.sha256(BYTES);
  private static final OptionalLong UNTOLD = OptionalLong.empty();

  /** An empty store, the same during one test. */
  protected abstract BlobStore store();

  private Verdict write(Digest digest, OptionalLong size, byte[] bytes) throws IOException {
    BlobWriter writer = store().create(digest, size);
    try {
      writer.write(new ByteBuffer[] {ByteBuffer.wrap(bytes)});
      assertThat(writer.written()).isEqualTo(bytes.length);
      return writer.commit();
    } finally {
      writer.abort();
    }
  }

  private void write(GeneratedBlob blob, Digest digest, OptionalLong size) throws IOException {
    BlobWriter writer = store().create(digest, size);
    try {
      blob.writeTo(writer);
      assertThat(writer.commit()).isEqualTo(new Verdict.Right());
    } finally {
      writer.abort();
    }
  }

  private void assertThatNothingIsThere(Digest digest) throws IOException {
    assertThat(store().find(digest)).isEmpty();
    assertThatThrownBy(() -> store().open(digest, 0)).isInstanceOf(NoSuchFileException.class);
    assertThat(store().delete(digest)).isFalse();
    store().each(shown -> assertThat(shown.digest()).isNotEqualTo(digest));
  }

  @Test
  void aRightBlobBecomesVisible() throws IOException {
    assertThatNothingIsThere(DIGEST);

    assertThat(write(DIGEST, OptionalLong.of(BYTES.length), BYTES)).isEqualTo(new Verdict.Right());

    assertThat(store().find(DIGEST)).hasValue(BYTES.length);
    try (InputStream stored = store().open(DIGEST, 0)) {
      assertThat(stored.readAllBytes()).isEqualTo(BYTES);
    }
  }

  @Test
  void aBlobOfAnUntoldSizeAndAnotherAlgorithmIsVerifiedToo() throws IOException {
    var hasher = Digest.Algorithm.SHA512.hasher();
    hasher.update(BYTES);
    Digest digest = Digest.of(Digest.Algorithm.SHA512, hasher);

    assertThat(write(digest, UNTOLD, "another".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(Verdict.Wrong.class);
    assertThat(write(digest, UNTOLD, BYTES)).isEqualTo(new Verdict.Right());
    assertThat(store().find(digest)).hasValue(BYTES.length);
  }

  @Test
  void nothingCanBeABlobToo() throws IOException {
    Digest nothing = Digest.sha256(new byte[0]);

    assertThat(write(nothing, OptionalLong.of(0), new byte[0])).isEqualTo(new Verdict.Right());

    assertThat(store().find(nothing)).hasValue(0);
    assertThat(store().open(nothing, 0).readAllBytes()).isEmpty();
  }

  @Test
  void aFlippedBitAShortAndALongBlobNeverBecomeVisible() throws IOException {
    byte[] flipped = BYTES.clone();
    flipped[3] ^= 1;
    byte[] tooLong = Arrays.copyOf(BYTES, BYTES.length + 1);
    OptionalLong size = OptionalLong.of(BYTES.length);

    for (byte[] wrong : List.of(flipped, tooLong, Arrays.copyOf(BYTES, 4), new byte[0])) {
      assertThat(write(DIGEST, size, wrong)).isInstanceOf(Verdict.Wrong.class);
      assertThat(write(DIGEST, UNTOLD, wrong)).isInstanceOf(Verdict.Wrong.class);
    }

    assertThatNothingIsThere(DIGEST);
  }

  @Test
  void aLargeBlobOfWrongBytesNeverBecomesVisible() throws IOException {
    GeneratedBlob blob = new GeneratedBlob(LARGE);

    BlobWriter writer = store().create(DIGEST, OptionalLong.of(LARGE));
    try {
      blob.writeTo(writer);
      assertThat(writer.commit()).isInstanceOf(Verdict.Wrong.class);
    } finally {
      writer.abort();
    }

    assertThatNothingIsThere(DIGEST);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 64 << 10, 8 << 20, (8 << 20) + 1, 16 << 20, LARGE})
  void aBlobIsVisibleAfterItsCommitAndNotBefore(long bytes) throws IOException {
    GeneratedBlob blob = new GeneratedBlob(bytes);
    Digest digest = blob.digest();
    BlobWriter writer = store().create(digest, OptionalLong.of(bytes));
    try {
      blob.writeTo(writer);
      assertThatNothingIsThere(digest);

      assertThat(writer.commit()).isEqualTo(new Verdict.Right());
    } finally {
      writer.abort();
    }
    assertThat(store().find(digest)).hasValue(bytes);
    assertThat(GeneratedBlob.digestOf(store().open(digest, 0))).isEqualTo(digest);
  }

  @Test
  void anAbortedBlobIsGoneAndAnAbortAfterACommitDropsNothing() throws IOException {
    GeneratedBlob blob = new GeneratedBlob(LARGE);
    Digest digest = blob.digest();
    BlobWriter writer = store().create(digest, UNTOLD);
    blob.writeTo(writer);
    writer.abort();
    assertThatNothingIsThere(digest);

    write(blob, digest, UNTOLD);

    assertThat(store().find(digest)).hasValue(LARGE);
  }

  @Test
  void aBlobCanBeReadFromAnyByteOn() throws IOException {
    GeneratedBlob blob = new GeneratedBlob(LARGE);
    Digest digest = blob.digest();
    write(blob, digest, OptionalLong.of(LARGE));

    for (long offset : new long[] {1, 65_535, 8 << 20, (16 << 20) - 1, LARGE - 1}) {
      try (InputStream rest = store().open(digest, offset)) {
        int within = (int) (offset % (64 << 10));
        byte[] expected = blob.blockAt(offset - within).array();
        assertThat(rest.read()).as("at %d", offset).isEqualTo(expected[within] & 0xff);
        long skipped = rest.skip(Long.MAX_VALUE);
        assertThat(skipped).isEqualTo(LARGE - offset - 1);
      }
    }
    assertThat(store().open(digest, LARGE).readAllBytes()).isEmpty();
  }

  @Test
  void whoReadsADroppedBlobReadsOnOrHearsOfIt() throws IOException {
    GeneratedBlob blob = new GeneratedBlob(LARGE);
    Digest digest = blob.digest();
    write(blob, digest, OptionalLong.of(LARGE));
    try (InputStream reader = store().open(digest, 0)) {
      reader.read();
      assertThat(store().delete(digest)).isTrue();
      try {
        assertThat(reader.readAllBytes()).hasSize((int) LARGE - 1);
      } catch (IOException heard) {
        assertThat(heard).hasMessageContaining(digest.toString());
      }
    }

    assertThatNothingIsThere(digest);
  }

  @Test
  void everyBlobIsShown() throws IOException {
    List<Digest> written = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      byte[] bytes = ("layer " + i).getBytes(StandardCharsets.UTF_8);
      written.add(Digest.sha256(bytes));
      write(written.getLast(), UNTOLD, bytes);
    }
    store().delete(written.removeFirst());

    List<AtRest> shown = new ArrayList<>();
    store().each(shown::add);

    assertThat(shown).extracting(AtRest::digest).containsExactlyInAnyOrderElementsOf(written);
    assertThat(shown).extracting(AtRest::bytes).containsOnly(7L, 8L);
  }

  @Test
  void manyCanWriteOneBlobAtOnce() throws Exception {
    GeneratedBlob blob = new GeneratedBlob((9 << 20) + 1);
    Digest digest = blob.digest();
    Callable<Void> writing =
        () -> {
          write(blob, digest, OptionalLong.of(blob.size()));
          return null;
        };
    try (ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Void> written : writers.invokeAll(List.of(writing, writing, writing, writing))) {
        written.get();
      }
    }

    assertThat(GeneratedBlob.digestOf(store().open(digest, 0))).isEqualTo(digest);
  }

  @Test
  void aBlobCanBeWrittenOverItself() throws IOException {
    write(DIGEST, UNTOLD, BYTES);
    write(DIGEST, UNTOLD, new byte[3]);
    write(DIGEST, UNTOLD, BYTES);

    assertThat(store().open(DIGEST, 0).readAllBytes()).isEqualTo(BYTES);
  }
}

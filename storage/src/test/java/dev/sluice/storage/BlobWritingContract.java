package dev.sluice.storage;

import static dev.sluice.storage.WrittenBlobs.LARGE;
import static dev.sluice.storage.WrittenBlobs.assertNone;
import static dev.sluice.storage.WrittenBlobs.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.storage.BlobWriter.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
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

/** Of what is written, the right blobs become visible, whole and at once, and nothing else. */
interface BlobWritingContract {

  byte[] BYTES = "some layer".getBytes(StandardCharsets.UTF_8);
  Digest DIGEST = Digest.sha256(BYTES);
  OptionalLong UNTOLD = OptionalLong.empty();

  /** An empty store, the same during one test. */
  BlobStore store();

  @Test
  default void aRightBlobBecomesVisible() throws IOException {
    assertNone(store(), DIGEST);

    assertThat(write(store(), DIGEST, OptionalLong.of(BYTES.length), BYTES))
        .isEqualTo(new Verdict.Right());

    assertThat(store().find(DIGEST)).hasValue(BYTES.length);
    try (InputStream stored = store().open(DIGEST, 0)) {
      assertThat(stored.readAllBytes()).isEqualTo(BYTES);
    }
  }

  @Test
  default void aBlobOfAnUntoldSizeAndAnotherAlgorithmIsVerifiedToo() throws IOException {
    var hasher = Digest.Algorithm.SHA512.hasher();
    hasher.update(BYTES);
    Digest digest = Digest.of(Digest.Algorithm.SHA512, hasher);

    assertThat(write(store(), digest, UNTOLD, "another".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(Verdict.Wrong.class);
    assertThat(write(store(), digest, UNTOLD, BYTES)).isEqualTo(new Verdict.Right());
    assertThat(store().find(digest)).hasValue(BYTES.length);
  }

  @Test
  default void nothingCanBeABlobToo() throws IOException {
    Digest nothing = Digest.sha256(new byte[0]);

    assertThat(write(store(), nothing, OptionalLong.of(0), new byte[0]))
        .isEqualTo(new Verdict.Right());

    assertThat(store().find(nothing)).hasValue(0);
    assertThat(store().open(nothing, 0).readAllBytes()).isEmpty();
  }

  @Test
  default void aFlippedBitAShortAndALongBlobNeverBecomeVisible() throws IOException {
    byte[] flipped = BYTES.clone();
    flipped[3] ^= 1;
    byte[] tooLong = Arrays.copyOf(BYTES, BYTES.length + 1);
    OptionalLong size = OptionalLong.of(BYTES.length);

    for (byte[] wrong : List.of(flipped, tooLong, Arrays.copyOf(BYTES, 4), new byte[0])) {
      assertThat(write(store(), DIGEST, size, wrong)).isInstanceOf(Verdict.Wrong.class);
      assertThat(write(store(), DIGEST, UNTOLD, wrong)).isInstanceOf(Verdict.Wrong.class);
    }

    assertNone(store(), DIGEST);
  }

  @Test
  default void aLargeBlobOfWrongBytesNeverBecomesVisible() throws IOException {
    GeneratedBlob blob = new GeneratedBlob(LARGE);

    assertThat(write(store(), DIGEST, OptionalLong.of(LARGE), blob))
        .isInstanceOf(Verdict.Wrong.class);

    assertNone(store(), DIGEST);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 64 << 10, 8 << 20, (8 << 20) + 1, 16 << 20, LARGE})
  default void aBlobIsVisibleAfterItsCommitAndNotBefore(long bytes) throws IOException {
    GeneratedBlob blob = new GeneratedBlob(bytes);
    Digest digest = blob.digest();
    BlobWriter writer = store().create(digest, OptionalLong.of(bytes));
    try {
      blob.writeTo(writer);
      assertNone(store(), digest);

      assertThat(writer.commit()).isEqualTo(new Verdict.Right());
    } finally {
      writer.abort();
    }
    assertThat(store().find(digest)).hasValue(bytes);
    assertThat(GeneratedBlob.digestOf(store().open(digest, 0))).isEqualTo(digest);
  }

  @Test
  default void anAbortedBlobIsGoneAndAnAbortAfterACommitDropsNothing() throws IOException {
    GeneratedBlob blob = new GeneratedBlob(LARGE);
    Digest digest = blob.digest();
    BlobWriter writer = store().create(digest, UNTOLD);
    blob.writeTo(writer);
    writer.abort();
    assertNone(store(), digest);

    assertThat(write(store(), digest, UNTOLD, blob)).isEqualTo(new Verdict.Right());

    assertThat(store().find(digest)).hasValue(LARGE);
  }

  @Test
  default void manyCanWriteOneBlobAtOnce() throws Exception {
    GeneratedBlob blob = new GeneratedBlob((9 << 20) + 1);
    Digest digest = blob.digest();
    Callable<Digest> writing = () -> write(store(), blob);
    try (ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Digest> written :
          writers.invokeAll(List.of(writing, writing, writing, writing))) {
        assertThat(written.get()).isEqualTo(digest);
      }
    }

    assertThat(GeneratedBlob.digestOf(store().open(digest, 0))).isEqualTo(digest);
  }

  @Test
  default void aBlobCanBeWrittenOverItself() throws IOException {
    write(store(), DIGEST, UNTOLD, BYTES);
    write(store(), DIGEST, UNTOLD, new byte[3]);
    write(store(), DIGEST, UNTOLD, BYTES);

    assertThat(store().open(DIGEST, 0).readAllBytes()).isEqualTo(BYTES);
  }
}

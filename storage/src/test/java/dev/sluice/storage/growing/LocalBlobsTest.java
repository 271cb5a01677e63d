package dev.sluice.storage.growing;

import static dev.sluice.storage.growing.ServedBlob.BYTES;
import static dev.sluice.storage.growing.ServedBlob.DIGEST;
import static dev.sluice.storage.growing.ServedBlob.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.storage.BlobLocation.Growing;
import dev.sluice.storage.BlobLocation.Stored;
import dev.sluice.storage.FillOutcome;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One fill, and everybody follows it. */
class LocalBlobsTest {

  @TempDir Path root;
  private ServedBlob served;

  @BeforeEach
  void open() throws Exception {
    served = new ServedBlob(root);
  }

  @AfterEach
  void close() throws Exception {
    served.close();
  }

  @Test
  void manyReadersFollowOneFillFromAnyOffset() throws Exception {
    Future<FillOutcome> fill = served.fill(OptionalLong.of(BYTES.length));
    List<CompletableFuture<HttpResponse<byte[]>>> readers = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      readers.add(served.ask(i * 100_000, BYTES.length - i * 100_000));
    }

    served.upstream.send(BYTES, 0, 1_000_000);
    served.upstream.send(BYTES, 1_000_000, BYTES.length);
    served.upstream.end();

    assertThat(get(fill)).isEqualTo(new FillOutcome.Filled(BYTES.length));
    for (int i = 0; i < readers.size(); i++) {
      assertThat(readers.get(i).get(20, TimeUnit.SECONDS).body())
          .isEqualTo(Arrays.copyOfRange(BYTES, i * 100_000, BYTES.length));
    }
    assertThat(served.blobs.find(DIGEST)).contains(new Stored(DIGEST, BYTES.length));
  }

  @Test
  void aReaderGetsBytesWhileTheFillWaits() throws Exception {
    served.fill(OptionalLong.of(BYTES.length));
    served.upstream.send(BYTES, 0, 500_000);

    HttpResponse<byte[]> early = served.ask(100_000, 400_000).get(20, TimeUnit.SECONDS);

    assertThat(early.body()).isEqualTo(Arrays.copyOfRange(BYTES, 100_000, 500_000));
    assertThat(served.blobs.find(DIGEST))
        .contains(new Growing(DIGEST, OptionalLong.of(BYTES.length)));
    served.upstream.fail("the test is over");
  }

  @Test
  void aBlobOfUnknownSizeIsChunkedAndVerified() throws Exception {
    Future<FillOutcome> fill = served.fill(OptionalLong.empty());
    CompletableFuture<HttpResponse<byte[]>> reader = served.ask(0, -1);

    served.upstream.send(BYTES, 0, BYTES.length);
    served.upstream.end();

    assertThat(get(fill)).isEqualTo(new FillOutcome.Filled(BYTES.length));
    assertThat(reader.get(20, TimeUnit.SECONDS).body()).isEqualTo(BYTES);
  }

  @Test
  void aStreamFasterThanTheDiskIsPausedAndLosesNothing() throws Exception {
    Future<FillOutcome> fill = served.fill(OptionalLong.of(BYTES.length));
    for (int at = 0; at < BYTES.length; at += 500) {
      served.upstream.send(BYTES, at, Math.min(at + 500, BYTES.length));
    }
    served.upstream.end();

    assertThat(get(fill)).isEqualTo(new FillOutcome.Filled(BYTES.length));
    assertThat(get(served.blobs.read(DIGEST)).getBytes()).isEqualTo(BYTES);
  }

  @Test
  void bytesAtHandAreStoredIfTheyAreRight() throws Exception {
    assertThat(get(served.blobs.put(DIGEST, Buffer.buffer("other"))))
        .isInstanceOf(FillOutcome.Wrong.class);
    assertThat(get(served.blobs.put(DIGEST, Buffer.buffer(BYTES))))
        .isEqualTo(new FillOutcome.Filled(BYTES.length));
    assertThat(served.ask(0, BYTES.length).get(20, TimeUnit.SECONDS).body()).isEqualTo(BYTES);
  }
}

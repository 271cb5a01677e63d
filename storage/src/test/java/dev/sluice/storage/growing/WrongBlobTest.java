package dev.sluice.storage.growing;

import static dev.sluice.storage.growing.ServedBlob.BYTES;
import static dev.sluice.storage.growing.ServedBlob.DIGEST;
import static dev.sluice.storage.growing.ServedBlob.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.storage.FillOutcome;
import io.vertx.core.Future;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What does not come as its name says is cut and dropped. */
class WrongBlobTest {

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
  void aWrongBodyIsCutBeforeItsLastByte() throws Exception {
    byte[] flipped = BYTES.clone();
    flipped[BYTES.length / 2] ^= 1;
    Future<FillOutcome> fill = served.fill(OptionalLong.of(BYTES.length));
    CompletableFuture<HttpResponse<byte[]>> reader = served.ask(0, BYTES.length);

    served.upstream.send(flipped, 0, flipped.length);
    served.upstream.end();

    assertThat(get(fill)).isInstanceOf(FillOutcome.Wrong.class);
    assertThatThrownBy(() -> reader.get(20, TimeUnit.SECONDS))
        .hasCauseInstanceOf(IOException.class);
    assertThat(served.blobs.find(DIGEST)).isEmpty();
    assertThat(root.resolve("incomplete")).isEmptyDirectory();
  }

  @Test
  void aShortBodyIsCut() throws Exception {
    Future<FillOutcome> fill = served.fill(OptionalLong.of(BYTES.length));
    CompletableFuture<HttpResponse<byte[]>> reader = served.ask(0, BYTES.length);

    served.upstream.send(BYTES, 0, BYTES.length - 1);
    served.upstream.end();

    assertThat(get(fill)).isInstanceOf(FillOutcome.Broken.class);
    assertThatThrownBy(() -> reader.get(20, TimeUnit.SECONDS))
        .hasCauseInstanceOf(IOException.class);
  }

  @Test
  void aBrokenStreamLeavesNothingBehind() throws Exception {
    Future<FillOutcome> fill = served.fill(OptionalLong.of(BYTES.length));
    served.upstream.send(BYTES, 0, 10_000);
    served.upstream.fail("connection reset");

    assertThat(get(fill)).isInstanceOf(FillOutcome.Broken.class);
    assertThat(served.blobs.find(DIGEST)).isEmpty();
    assertThat(root.resolve("incomplete")).isEmptyDirectory();
  }

  @Test
  void aWrongChunkedBodyIsCutBeforeItsLastChunk() throws Exception {
    Future<FillOutcome> fill = served.fill(OptionalLong.empty());
    CompletableFuture<HttpResponse<byte[]>> reader = served.ask(0, -1);

    served.upstream.send(BYTES, 0, BYTES.length - 1);
    served.upstream.end();

    assertThat(get(fill)).isInstanceOf(FillOutcome.Wrong.class);
    assertThatThrownBy(() -> reader.get(20, TimeUnit.SECONDS))
        .hasCauseInstanceOf(IOException.class);
  }
}

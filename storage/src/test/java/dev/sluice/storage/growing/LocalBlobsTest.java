package dev.sluice.storage.growing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.storage.BlobLocation.Growing;
import dev.sluice.storage.BlobLocation.Stored;
import dev.sluice.storage.Blobs.Source;
import dev.sluice.storage.ByteRange;
import dev.sluice.storage.Digest;
import dev.sluice.storage.FillOutcome;
import dev.sluice.storage.disk.DiskBlobStore;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalBlobsTest {

  private static final byte[] BYTES = new byte[3_000_000];

  static {
    new Random(1).nextBytes(BYTES);
  }

  private static final Digest DIGEST = Digest.sha256(BYTES);

  @TempDir Path root;
  private Vertx vertx;
  private Context context;
  private LocalBlobs blobs;
  private HttpServer server;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final HandFedStream upstream = new HandFedStream();
  private final Semaphore answered = new Semaphore(0);

  @BeforeEach
  void open() throws Exception {
    vertx = Vertx.vertx();
    context = vertx.getOrCreateContext();
    blobs = new LocalBlobs(DiskBlobStore.open(root));
    server = vertx.createHttpServer().requestHandler(this::serve);
    get(server.listen(0, "127.0.0.1"));
  }

  @AfterEach
  void close() throws Exception {
    get(vertx.close());
    client.close();
    blobs.close();
  }

  /** Answers the range that the query names, of the blob as the store has it. */
  private void serve(HttpServerRequest request) {
    long from = Long.parseLong(request.getParam("from"));
    long length = Long.parseLong(request.getParam("length"));
    if (length >= 0) {
      request.response().putHeader("Content-Length", Long.toString(length));
    }
    var location = blobs.find(DIGEST).orElseThrow();
    blobs.send(location, new ByteRange(from, length < 0 ? Long.MAX_VALUE : length), request);
    answered.release();
  }

  @Test
  void manyReadersFollowOneFillFromAnyOffset() throws Exception {
    Future<FillOutcome> fill = fill(OptionalLong.of(BYTES.length));
    List<CompletableFuture<HttpResponse<byte[]>>> readers = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      readers.add(ask(i * 100_000, BYTES.length - i * 100_000));
    }

    upstream.send(BYTES, 0, 1_000_000);
    upstream.send(BYTES, 1_000_000, BYTES.length);
    upstream.end();

    assertThat(get(fill)).isEqualTo(new FillOutcome.Filled(BYTES.length));
    for (int i = 0; i < readers.size(); i++) {
      assertThat(readers.get(i).get(20, TimeUnit.SECONDS).body())
          .isEqualTo(Arrays.copyOfRange(BYTES, i * 100_000, BYTES.length));
    }
    assertThat(blobs.find(DIGEST)).contains(new Stored(DIGEST, BYTES.length));
  }

  @Test
  void aReaderGetsBytesWhileTheFillWaits() throws Exception {
    fill(OptionalLong.of(BYTES.length));
    upstream.send(BYTES, 0, 500_000);

    HttpResponse<byte[]> early = ask(100_000, 400_000).get(20, TimeUnit.SECONDS);

    assertThat(early.body()).isEqualTo(Arrays.copyOfRange(BYTES, 100_000, 500_000));
    assertThat(blobs.find(DIGEST)).contains(new Growing(DIGEST, OptionalLong.of(BYTES.length)));
    upstream.fail("the test is over");
  }

  @Test
  void aWrongBodyIsCutBeforeItsLastByte() throws Exception {
    byte[] flipped = BYTES.clone();
    flipped[BYTES.length / 2] ^= 1;
    Future<FillOutcome> fill = fill(OptionalLong.of(BYTES.length));
    CompletableFuture<HttpResponse<byte[]>> reader = ask(0, BYTES.length);

    upstream.send(flipped, 0, flipped.length);
    upstream.end();

    assertThat(get(fill)).isInstanceOf(FillOutcome.Wrong.class);
    assertThatThrownBy(() -> reader.get(20, TimeUnit.SECONDS))
        .hasCauseInstanceOf(IOException.class);
    assertThat(blobs.find(DIGEST)).isEmpty();
    assertThat(root.resolve("incomplete")).isEmptyDirectory();
  }

  @Test
  void aShortBodyIsCut() throws Exception {
    Future<FillOutcome> fill = fill(OptionalLong.of(BYTES.length));
    CompletableFuture<HttpResponse<byte[]>> reader = ask(0, BYTES.length);

    upstream.send(BYTES, 0, BYTES.length - 1);
    upstream.end();

    assertThat(get(fill)).isInstanceOf(FillOutcome.Wrong.class);
    assertThatThrownBy(() -> reader.get(20, TimeUnit.SECONDS))
        .hasCauseInstanceOf(IOException.class);
  }

  @Test
  void aBrokenStreamLeavesNothingBehind() throws Exception {
    Future<FillOutcome> fill = fill(OptionalLong.of(BYTES.length));
    upstream.send(BYTES, 0, 10_000);
    upstream.fail("connection reset");

    assertThat(get(fill)).isInstanceOf(FillOutcome.Broken.class);
    assertThat(blobs.find(DIGEST)).isEmpty();
    assertThat(root.resolve("incomplete")).isEmptyDirectory();
  }

  @Test
  void aBlobOfUnknownSizeIsChunkedAndVerified() throws Exception {
    Future<FillOutcome> fill = fill(OptionalLong.empty());
    CompletableFuture<HttpResponse<byte[]>> reader = ask(0, -1);

    upstream.send(BYTES, 0, BYTES.length);
    upstream.end();

    assertThat(get(fill)).isEqualTo(new FillOutcome.Filled(BYTES.length));
    assertThat(reader.get(20, TimeUnit.SECONDS).body()).isEqualTo(BYTES);
  }

  @Test
  void aWrongChunkedBodyIsCutBeforeItsLastChunk() throws Exception {
    Future<FillOutcome> fill = fill(OptionalLong.empty());
    CompletableFuture<HttpResponse<byte[]>> reader = ask(0, -1);

    upstream.send(BYTES, 0, BYTES.length - 1);
    upstream.end();

    assertThat(get(fill)).isInstanceOf(FillOutcome.Wrong.class);
    assertThatThrownBy(() -> reader.get(20, TimeUnit.SECONDS))
        .hasCauseInstanceOf(IOException.class);
  }

  @Test
  void aStreamFasterThanTheDiskIsPausedAndLosesNothing() throws Exception {
    Future<FillOutcome> fill = fill(OptionalLong.of(BYTES.length));
    for (int at = 0; at < BYTES.length; at += 500) {
      upstream.send(BYTES, at, Math.min(at + 500, BYTES.length));
    }
    upstream.end();

    assertThat(get(fill)).isEqualTo(new FillOutcome.Filled(BYTES.length));
    assertThat(get(blobs.read(DIGEST)).getBytes()).isEqualTo(BYTES);
  }

  @Test
  void bytesAtHandAreStoredIfTheyAreRight() throws Exception {
    assertThat(get(blobs.put(DIGEST, Buffer.buffer("other"))))
        .isInstanceOf(FillOutcome.Wrong.class);
    assertThat(get(blobs.put(DIGEST, Buffer.buffer(BYTES))))
        .isEqualTo(new FillOutcome.Filled(BYTES.length));
    assertThat(ask(0, BYTES.length).get(20, TimeUnit.SECONDS).body()).isEqualTo(BYTES);
  }

  private Future<FillOutcome> fill(OptionalLong size) {
    return blobs.fill(DIGEST, size, new Source(upstream.on(context), context));
  }

  /** Asks, and returns once the answer has begun: a fill that ends sooner has no reader. */
  private CompletableFuture<HttpResponse<byte[]>> ask(int from, int length)
      throws InterruptedException {
    URI uri =
        URI.create(
            "http://127.0.0.1:%d/?from=%d&length=%d".formatted(server.actualPort(), from, length));
    var reader = client.sendAsync(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofByteArray());
    assertThat(answered.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
    return reader;
  }

  private static <T> T get(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }
}

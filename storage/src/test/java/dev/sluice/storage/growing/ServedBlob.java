package dev.sluice.storage.growing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.storage.Blobs.Source;
import dev.sluice.storage.ByteRange;
import dev.sluice.storage.Continuation;
import dev.sluice.storage.Digest;
import dev.sluice.storage.FileBlobStore;
import dev.sluice.storage.FillOutcome;
import dev.sluice.storage.disk.DiskBlobStore;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.internal.VertxInternal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** One blob on disk or under way, the stream it is filled from, and a server that sends it. */
final class ServedBlob {

  static final byte[] BYTES = new byte[3_000_000];

  static {
    new Random(1).nextBytes(BYTES);
  }

  static final Digest DIGEST = Digest.sha256(BYTES);

  final LocalBlobs blobs;
  final HandFedStream upstream = new HandFedStream();
  private final Vertx vertx = Vertx.vertx();
  private final HttpServer server = vertx.createHttpServer().requestHandler(this::serve);
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Semaphore answered = new Semaphore(0);

  ServedBlob(Path root) throws Exception {
    this(DiskBlobStore.open(root));
  }

  ServedBlob(FileBlobStore store) throws Exception {
    blobs = new LocalBlobs(store);
    get(server.listen(0, "127.0.0.1"));
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

  Future<FillOutcome> fill(OptionalLong size) {
    return fill(size, Continuation.NONE);
  }

  Future<FillOutcome> fill(OptionalLong size, Continuation continuation) {
    return blobs.fill(DIGEST, size, source(upstream), continuation);
  }

  /** A stream on an event loop of its own. */
  Source source(HandFedStream stream) {
    Context context = ((VertxInternal) vertx).createEventLoopContext();
    return new Source(stream.on(context), context);
  }

  /** Asks, and returns once the answer has begun: a fill that ends sooner has no reader. */
  CompletableFuture<HttpResponse<byte[]>> ask(int from, int length) throws InterruptedException {
    URI uri =
        URI.create(
            "http://127.0.0.1:%d/?from=%d&length=%d".formatted(server.actualPort(), from, length));
    var reader = client.sendAsync(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofByteArray());
    assertThat(answered.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
    return reader;
  }

  static <T> T get(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  void close() throws Exception {
    get(vertx.close());
    client.close();
    blobs.close();
  }
}

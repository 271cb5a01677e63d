package dev.sluice.fetcher.pull;

import dev.sluice.fetcher.BlobAnswer;
import dev.sluice.fetcher.BlobRequest;
import dev.sluice.fetcher.FetchService;
import dev.sluice.fetcher.Refused;
import dev.sluice.fetcher.Refused.Reason;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.storage.BlobLocation;
import dev.sluice.storage.Blobs;
import dev.sluice.storage.ByteRange;
import dev.sluice.storage.Digest;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** The least gateway there can be: {@code /repository/blobs/digest}, answered as fetched. */
final class BlobFront {

  private final FetchService fetcher;
  private final Blobs blobs;
  private final HttpServer server;
  private final Semaphore asked = new Semaphore(0);

  BlobFront(Vertx vertx, FetchService fetcher, Blobs blobs) {
    this.fetcher = fetcher;
    this.blobs = blobs;
    this.server = vertx.createHttpServer().requestHandler(this::serve);
  }

  Future<HttpServer> listen() {
    return server.listen(0, "127.0.0.1");
  }

  String url(String repository, Digest digest) {
    return "http://127.0.0.1:" + server.actualPort() + '/' + repository + "/blobs/" + digest;
  }

  void forgetAsked() {
    asked.drainPermits();
  }

  /** Waits until so many requests have been passed on to the fetcher. */
  void awaitAsked(int count) {
    try {
      if (!asked.tryAcquire(count, 15, TimeUnit.SECONDS)) {
        throw new AssertionError("not all " + count + " clients have asked");
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new AssertionError(stopped);
    }
  }

  private void serve(HttpServerRequest request) {
    String[] parts = request.path().substring(1).split("/blobs/", 2);
    RepositoryName repository = new RepositoryName(parts[0]);
    Digest digest = Digest.parse(parts[1]).orElseThrow();
    boolean head = request.method().equals(HttpMethod.HEAD);
    fetcher
        .blob(new BlobRequest(repository, digest, head))
        .onSuccess(answer -> write(answer, request, head))
        .onFailure(bug -> request.response().setStatusCode(500).end(bug.toString()));
    asked.release();
  }

  private void write(BlobAnswer answer, HttpServerRequest request, boolean head) {
    HttpServerResponse response = request.response();
    switch (answer) {
      case BlobAnswer.Found(var location, var how) -> {
        response.putHeader("X-Cache", how.name());
        location.size().ifPresent(size -> response.putHeader("Content-Length", "" + size));
        if (head) {
          response.end();
        } else {
          blobs.send(location, range(location), request).onFailure(gone -> notHere(response));
        }
      }
      case BlobAnswer.Upstream(var size) -> {
        size.ifPresent(bytes -> response.putHeader("Content-Length", "" + bytes));
        response.end();
      }
      case BlobAnswer.Linked(var link) ->
          response.setStatusCode(307).putHeader("Location", link.toString()).end();
      case Refused refused ->
          response
              .setStatusCode(refused.reason() == Reason.BLOB_UNKNOWN ? 404 : 503)
              .end(refused.toString());
    }
  }

  private static void notHere(HttpServerResponse response) {
    if (!response.headWritten()) {
      response.headers().clear();
      Refused gone = new Refused(Reason.UNAVAILABLE, "the blob was dropped", Duration.ofSeconds(1));
      response.setStatusCode(503).end(gone.toString());
    }
  }

  private static ByteRange range(BlobLocation location) {
    return ByteRange.whole(location.size().orElse(Long.MAX_VALUE));
  }
}

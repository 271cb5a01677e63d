package dev.sluice.storage.peer;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.HostAndPort;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** Sends signed requests to peers, over a pool of its own. Call on an event loop. */
final class PeerConnections {

  /** Requests that may wait for a connection; more is trouble, not patience. */
  private static final int WAIT_QUEUE = 256;

  /** Shorter than peers keep an idle connection, so that none is closed as it is taken. */
  private static final int KEPT_SECONDS = 30;

  /** As much as is read from a socket at once: in smaller pieces a body costs more. */
  private static final int PIECE = 64 << 10;

  private final HttpClient client;
  private final PeerSignature signature;
  private final PeerTimings timings;
  private final LongAdder received = new LongAdder();

  /**
   * A request that was sent, and the head of its answer, its body paused.
   *
   * @param received is told how many bytes of the body came
   */
  record Exchange(HttpClientRequest request, HttpClientResponse response, LongAdder received) {

    /**
     * Closes the connection, on its context, after what it has received was taken from it: a paused
     * one that closes never releases that (VertxConnection.handleClosed of Vert.x 5.1.6), and
     * memory outside the heap is gone with each. One whose answer turns out to have come whole is
     * left open: it may serve the next request already.
     */
    void giveUp() {
      response.handler(null);
      response.resume();
      Vertx.currentContext()
          .runOnContext(
              turn -> {
                if (!response.end().isComplete()) {
                  request.reset();
                }
              });
    }
  }

  /**
   * @param most connections to one peer
   */
  PeerConnections(Vertx vertx, PeerSignature signature, PeerTimings timings, int most) {
    this.signature = signature;
    this.timings = timings;
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setConnectTimeout((int) timings.connect().toMillis())
                .setKeepAliveTimeout(KEPT_SECONDS)
                .setMaxChunkSize(PIECE)
                .setDecompressionSupported(false),
            new PoolOptions().setHttp1MaxSize(most).setMaxWaitQueueSize(WAIT_QUEUE));
  }

  /** Asks a peer; fails where no head came in time. */
  Future<Exchange> ask(String peer, PeerRequest asked) {
    HostAndPort address = HostAndPort.parseAuthority(peer, -1);
    if (address == null || address.port() <= 0) {
      return Future.failedFuture(new PeerTrouble("it is not host:port: " + peer));
    }
    long begun = System.nanoTime();
    return client
        .request(options(address, asked))
        .compose(request -> answer(request, Duration.ofNanos(System.nanoTime() - begun)));
  }

  private RequestOptions options(HostAndPort address, PeerRequest asked) {
    RequestOptions options =
        new RequestOptions()
            .setMethod(asked.method())
            .setHost(address.host())
            .setPort(address.port())
            .setURI(asked.target())
            .setConnectTimeout(timings.head().toMillis())
            .putHeader(HttpHeaders.AUTHORIZATION, signature.of(asked));
    return asked.range().isEmpty() ? options : options.putHeader(PeerRequest.RANGE, asked.range());
  }

  private Future<Exchange> answer(HttpClientRequest request, Duration taken) {
    long left = Math.max(1, timings.head().minus(taken).toMillis());
    return request
        .send()
        .timeout(left, TimeUnit.MILLISECONDS)
        .onFailure(silence -> request.reset())
        .map(
            response -> {
              // What becomes of an answer that nobody wants is no news.
              response.pause().exceptionHandler(gone -> {});
              return new Exchange(request, response, received);
            });
  }

  /** How many bytes of bodies have come, as far as their readers said so. */
  long received() {
    return received.sum();
  }

  Future<Void> close() {
    return client.close();
  }
}

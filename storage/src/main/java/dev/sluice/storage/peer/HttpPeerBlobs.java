package dev.sluice.storage.peer;

import dev.sluice.storage.Blobs.Source;
import dev.sluice.storage.Digest;
import dev.sluice.storage.PeerBlobs;
import dev.sluice.storage.peer.PeerConnections.Exchange;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.time.Clock;
import java.util.Optional;

/**
 * The blobs of other nodes, from their {@link BlobServer}s. Every stream lives on an event loop, so
 * that bytes flow there whoever asked.
 */
public final class HttpPeerBlobs implements PeerBlobs {

  /** To one peer, each with one blob. */
  private static final int FOR_BLOBS = 256;

  /** Blobs that fill all connections must not make a peer look silent. */
  private static final int FOR_QUESTIONS = 16;

  private final Vertx vertx;
  private final PeerTimings timings;
  private final PeerConnections forBlobs;
  private final PeerConnections forQuestions;

  /**
   * Connects to nobody yet.
   *
   * @param secret which the peers know, too
   * @param clock within 5 minutes of theirs
   */
  public HttpPeerBlobs(Vertx vertx, PeerSecret secret, Clock clock, PeerTimings timings) {
    PeerSignature signature = new PeerSignature(secret, clock);
    this.vertx = vertx;
    this.timings = timings;
    this.forBlobs = new PeerConnections(vertx, signature, timings, FOR_BLOBS);
    this.forQuestions = new PeerConnections(vertx, signature, timings, FOR_QUESTIONS);
  }

  @Override
  public Future<PeerBlob> open(String peer, Digest digest, long offset) {
    Context context = ((VertxInternal) vertx).createEventLoopContext();
    Promise<PeerBlob> opened = Promise.promise();
    // In a compose, so that what is thrown there fails the promise: somebody waits for it.
    context.runOnContext(
        turn ->
            Future.succeededFuture()
                .compose(go -> forBlobs.ask(peer, PeerRequest.get(digest, offset)))
                .compose(exchange -> blob(exchange, peer, digest, offset))
                .onComplete(opened));
    return opened.future();
  }

  private Future<PeerBlob> blob(Exchange exchange, String peer, Digest digest, long offset) {
    int status = exchange.response().statusCode();
    Optional<Part> part = Part.read(status, exchange.response().headers());
    if (part.isEmpty() || part.get().offset() != offset) {
      return refused(exchange, status);
    }
    PeerStream bytes = new PeerStream(exchange, offset, () -> progress(peer, digest), timings);
    Context context = Vertx.currentContext();
    return Future.succeededFuture(
        new PeerBlob(
            part.get().size(),
            new Source(bytes, context),
            () -> context.runOnContext(turn -> bytes.discard())));
  }

  private static <T> Future<T> refused(Exchange exchange, int status) {
    if (status == 404 && "0".equals(exchange.response().getHeader("Content-Length"))) {
      exchange.response().resume();
      return Future.failedFuture(new PeerTrouble("the peer has no such blob"));
    }
    exchange.giveUp();
    return Future.failedFuture(
        new PeerTrouble("the peer's answer is not what was asked for (status " + status + ')'));
  }

  private Future<Progress> progress(String peer, Digest digest) {
    return forQuestions
        .ask(peer, PeerRequest.head(digest))
        .compose(
            exchange -> {
              exchange.response().resume();
              return exchange.response().statusCode() == 200
                  ? Progress.read(exchange.response().headers())
                      .map(Future::succeededFuture)
                      .orElseGet(() -> Future.failedFuture(new PeerTrouble("it does not tell")))
                  : Future.failedFuture(new PeerTrouble("it has no such blob"));
            });
  }

  /** How many bytes of blobs have come from other nodes. */
  public long receivedBytes() {
    return forBlobs.received();
  }

  /** Ends every stream; what is asked from now on fails. */
  public Future<Void> close() {
    return Future.join(forBlobs.close(), forQuestions.close()).mapEmpty();
  }
}

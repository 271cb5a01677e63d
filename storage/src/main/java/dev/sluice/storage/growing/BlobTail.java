package dev.sluice.storage.growing;

import dev.sluice.storage.ByteRange;
import io.netty.handler.timeout.IdleStateHandler;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.impl.ConnectionBase;

/**
 * One reader that follows a growing blob, at its own pace, from any offset. One part is under way
 * at a time, so a slow reader holds nothing but its place.
 */
final class BlobTail {

  /** Well below any idle time-out of the server. */
  private static final long NOT_IDLE_MILLIS = 15_000;

  private final GrowingBlob blob;
  private final long end;
  private final long unproved;
  private final HttpServerResponse response;
  private final ConnectionBase connection;
  private final TailOutput output;
  private final Context context;
  private final Promise<Void> done = Promise.promise();
  private long position;
  private boolean waiting;

  /**
   * Follows a fill. The blob must be held by whoever opens the tail, until the tail is done.
   *
   * <p>A range that ends before the blob does is not kept until the blob is there, which may take
   * long; whoever asks for ranges compares the digest when it has them all.
   */
  BlobTail(GrowingBlob blob, ByteRange range, HttpServerRequest request) {
    this(blob, range, range.end(), request);
  }

  /**
   * Follows the proof of a blob that is here: also of a range the last byte waits until all is
   * found right, which comes at the speed of the disk.
   */
  static BlobTail ofProof(GrowingBlob blob, ByteRange range, HttpServerRequest request) {
    return new BlobTail(blob, range, range.end() - 1, request);
  }

  /**
   * @param unproved where bytes end that are sent before the whole is found right
   */
  private BlobTail(GrowingBlob blob, ByteRange range, long unproved, HttpServerRequest request) {
    this.blob = blob;
    this.position = range.offset();
    this.end = range.end();
    this.unproved = unproved;
    this.response = request.response();
    this.connection = (ConnectionBase) request.connection();
    this.context = Vertx.currentContext();
    this.output = TailOutput.of(request);
  }

  /** Writes the head, then follows; fails where the body had to be cut. */
  Future<Void> start() {
    response.exceptionHandler(gone -> done.tryFail(gone));
    response.writeHead();
    step();
    long timer = context.owner().setPeriodic(NOT_IDLE_MILLIS, turn -> stayConnected());
    return done.future().onComplete(end -> context.owner().cancelTimer(timer));
  }

  /**
   * A client that waits for bytes far ahead of the fill is not idle; the fill's own deadlines end
   * the wait. One that does not take what is here is.
   */
  private void stayConnected() {
    var idle = connection.channelHandlerContext().pipeline().get(IdleStateHandler.class);
    if (waiting && idle != null) {
      idle.resetReadTimeout();
      idle.resetWriteTimeout();
    }
  }

  private void step() {
    if (done.future().isComplete()) {
      return;
    }
    waiting = false;
    GrowingBlob.State state = blob.state();
    long ready = Math.min(state.readable(), state.whole() ? end : unproved) - position;
    if (ready > 0) {
      send(Math.min(ready, output.most()));
    } else if (position == end || state.whole()) {
      response.end().onComplete(done);
    } else if (state.broken()) {
      response.reset();
      done.tryFail("the fill failed at byte " + state.readable());
    } else {
      waiting = true;
      long needed = position < unproved ? position : Long.MAX_VALUE;
      blob.whenBeyond(needed, () -> context.runOnContext(turn -> step()));
    }
  }

  private void send(long length) {
    output
        .send(blob.bytes(), position, length)
        .onSuccess(
            taken -> {
              position += length;
              step();
            })
        .onFailure(this::cut);
  }

  private void cut(Throwable failure) {
    response.reset();
    done.tryFail(failure);
  }
}

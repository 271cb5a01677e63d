package dev.sluice.storage.peer;

import dev.sluice.storage.peer.PeerConnections.Exchange;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.util.function.Supplier;

/**
 * The bytes that a peer sends. They may break off between the answer's head and their first reader;
 * who comes then hears of it. Used on the answer's context.
 */
final class PeerStream implements ReadStream<Buffer> {

  private final Exchange exchange;
  private final SilenceWatch watch;
  private long position;
  private long demand;
  private Handler<Buffer> handler;
  private Handler<Void> endHandler;
  private Handler<Throwable> exceptionHandler;
  private Throwable failure;
  private boolean over;

  /**
   * Made in the turn in which the head came, so that nothing can have broken off before.
   *
   * @param offset the byte that the body begins with
   * @param question how far the blob is at the peer
   */
  PeerStream(
      Exchange exchange, long offset, Supplier<Future<Progress>> question, PeerTimings timings) {
    this.exchange = exchange;
    this.position = offset;
    Vertx vertx = Vertx.currentContext().owner();
    this.watch = new SilenceWatch(vertx, timings, question, this::fellSilent);
    exchange.response().exceptionHandler(this::brokeOff).handler(this::take).endHandler(this::end);
  }

  private void take(Buffer bytes) {
    if (over) {
      return;
    }
    position += bytes.length();
    exchange.received().add(bytes.length());
    watch.reached(position);
    if (demand > 0 && demand != Long.MAX_VALUE && --demand == 0) {
      watch.waits();
    }
    if (handler != null) {
      handler.handle(bytes);
    }
  }

  private void end(Void last) {
    if (over) {
      return;
    }
    over = true;
    watch.end();
    if (endHandler != null) {
      endHandler.handle(null);
    }
  }

  private void brokeOff(Throwable cause) {
    if (over) {
      return;
    }
    over = true;
    watch.end();
    failure = cause;
    if (exceptionHandler != null) {
      exceptionHandler.handle(cause);
    }
  }

  private void fellSilent() {
    brokeOff(new PeerTrouble("the peer fell silent"));
    exchange.giveUp();
  }

  /** Ends it; nobody hears of that. */
  void discard() {
    if (!over) {
      over = true;
      watch.end();
      exchange.giveUp();
    }
  }

  @Override
  public PeerStream handler(Handler<Buffer> reader) {
    handler = reader;
    return this;
  }

  @Override
  public PeerStream endHandler(Handler<Void> reader) {
    endHandler = reader;
    return this;
  }

  @Override
  public PeerStream exceptionHandler(Handler<Throwable> reader) {
    exceptionHandler = reader;
    if (failure != null && reader != null) {
      reader.handle(failure);
    }
    return this;
  }

  @Override
  public PeerStream pause() {
    demand = 0;
    watch.waits();
    exchange.response().pause();
    return this;
  }

  @Override
  public PeerStream resume() {
    return fetch(Long.MAX_VALUE);
  }

  @Override
  public PeerStream fetch(long amount) {
    if (!over) {
      demand = amount > Long.MAX_VALUE - demand ? Long.MAX_VALUE : demand + amount;
      watch.flows(position);
      exchange.response().fetch(amount);
    }
    return this;
  }
}

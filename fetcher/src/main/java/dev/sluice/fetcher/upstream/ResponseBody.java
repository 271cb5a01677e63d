package dev.sluice.fetcher.upstream;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.VertxException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.streams.ReadStream;
import java.util.function.LongConsumer;

/**
 * The body of an answer. It may break off between the answer's head and its first reader; who comes
 * then hears of it, where Vert.x's own stream tells nobody and throws. A body that hardly moves
 * counts as broken off. Used on the answer's context.
 */
final class ResponseBody implements ReadStream<Buffer> {

  private final HttpClientResponse response;
  private final SpeedCheck speed;
  private final LongConsumer received;
  private Handler<Throwable> reader;
  private Throwable failure;

  /** Made in the turn in which the head came, so that nothing can have broken off before. */
  ResponseBody(HttpClientResponse response, Deadlines.Progress least, LongConsumer received) {
    this.response = response;
    this.received = received;
    this.speed = new SpeedCheck(Vertx.currentContext().owner(), least, () -> brokeOff(tooSlow()));
    response.exceptionHandler(this::brokeOff);
  }

  private static Throwable tooSlow() {
    return VertxException.noStackTrace("its bytes come too slowly");
  }

  private void brokeOff(Throwable cause) {
    failure = cause;
    speed.end();
    if (reader != null) {
      reader.handle(cause);
    }
  }

  @Override
  public ResponseBody exceptionHandler(Handler<Throwable> handler) {
    reader = handler;
    if (failure != null && handler != null) {
      handler.handle(failure);
    }
    return this;
  }

  @Override
  public ResponseBody handler(Handler<Buffer> handler) {
    if (failure == null) {
      response.handler(
          buffer -> {
            speed.came(buffer.length());
            received.accept(buffer.length());
            handler.handle(buffer);
          });
    }
    return this;
  }

  @Override
  public ResponseBody endHandler(Handler<Void> handler) {
    if (failure == null) {
      response.endHandler(
          end -> {
            speed.end();
            handler.handle(null);
          });
    }
    return this;
  }

  @Override
  public ResponseBody pause() {
    speed.waits();
    response.pause();
    return this;
  }

  @Override
  public ResponseBody resume() {
    speed.flows();
    response.resume();
    return this;
  }

  @Override
  public ResponseBody fetch(long amount) {
    speed.flows();
    response.fetch(amount);
    return this;
  }

  /** Nobody reads it any more. */
  void abandon() {
    speed.end();
  }
}

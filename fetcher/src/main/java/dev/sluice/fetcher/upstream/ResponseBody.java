package dev.sluice.fetcher.upstream;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.streams.ReadStream;

/**
 * The body of an answer. It may break off between the answer's head and its first reader; who comes
 * then hears of it, where Vert.x's own stream tells nobody and throws. Used on the answer's
 * context.
 */
final class ResponseBody implements ReadStream<Buffer> {

  private final HttpClientResponse response;
  private Handler<Throwable> reader;
  private Throwable failure;

  /** Made in the turn in which the head came, so that nothing can have broken off before. */
  ResponseBody(HttpClientResponse response) {
    this.response = response;
    response.exceptionHandler(this::brokeOff);
  }

  private void brokeOff(Throwable cause) {
    failure = cause;
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
      response.handler(handler);
    }
    return this;
  }

  @Override
  public ResponseBody endHandler(Handler<Void> handler) {
    if (failure == null) {
      response.endHandler(handler);
    }
    return this;
  }

  @Override
  public ResponseBody pause() {
    response.pause();
    return this;
  }

  @Override
  public ResponseBody resume() {
    response.resume();
    return this;
  }

  @Override
  public ResponseBody fetch(long amount) {
    response.fetch(amount);
    return this;
  }
}

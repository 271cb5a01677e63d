package dev.sluice.fetcher.upstream;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;

/** A body without its first bytes, which are here already. */
final class Skipping implements ReadStream<Buffer> {

  private final ReadStream<Buffer> body;
  private long left;

  Skipping(ReadStream<Buffer> body, long bytes) {
    this.body = body;
    this.left = bytes;
  }

  @Override
  public Skipping handler(Handler<Buffer> handler) {
    body.handler(
        buffer -> {
          int skipped = (int) Math.min(left, buffer.length());
          left -= skipped;
          if (skipped < buffer.length()) {
            handler.handle(skipped == 0 ? buffer : buffer.slice(skipped, buffer.length()));
          }
        });
    return this;
  }

  @Override
  public Skipping exceptionHandler(Handler<Throwable> handler) {
    body.exceptionHandler(handler);
    return this;
  }

  @Override
  public Skipping endHandler(Handler<Void> handler) {
    body.endHandler(handler);
    return this;
  }

  @Override
  public Skipping pause() {
    body.pause();
    return this;
  }

  @Override
  public Skipping resume() {
    body.resume();
    return this;
  }

  @Override
  public Skipping fetch(long amount) {
    body.fetch(amount);
    return this;
  }
}

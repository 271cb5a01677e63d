package dev.sluice.storage.growing;

import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;

/** A stream that gives what the test feeds it, on its context, and heeds pause and resume. */
public final class HandFedStream implements ReadStream<Buffer> {

  private final Queue<Buffer> fed = new ArrayDeque<>();
  private Context context;
  private Handler<Buffer> handler;
  private Handler<Void> endHandler;
  private Handler<Throwable> exceptionHandler;
  private boolean flowing;
  private volatile boolean wasPaused;
  private boolean ended;

  /** Flows on this context from now on. */
  public HandFedStream on(Context context) {
    this.context = context;
    return this;
  }

  /** Feeds the bytes from one position up to another. */
  public void send(byte[] bytes, int from, int to) {
    Buffer chunk = Buffer.buffer(Arrays.copyOfRange(bytes, from, to));
    context.runOnContext(
        turn -> {
          fed.add(chunk);
          flow();
        });
  }

  /** Ends in good order, once everything fed has flowed. */
  public void end() {
    context.runOnContext(
        turn -> {
          ended = true;
          flow();
        });
  }

  /** Breaks off. */
  public void fail(String reason) {
    context.runOnContext(turn -> exceptionHandler.handle(new IllegalStateException(reason)));
  }

  /** Whether it was ever told to wait. */
  public boolean wasPaused() {
    return wasPaused;
  }

  private void flow() {
    while (flowing && !fed.isEmpty()) {
      handler.handle(fed.remove());
    }
    if (flowing && ended && endHandler != null) {
      Handler<Void> last = endHandler;
      endHandler = null;
      last.handle(null);
    }
  }

  @Override
  public ReadStream<Buffer> handler(Handler<Buffer> handler) {
    this.handler = handler;
    return this;
  }

  @Override
  public ReadStream<Buffer> endHandler(Handler<Void> handler) {
    this.endHandler = handler;
    return this;
  }

  @Override
  public ReadStream<Buffer> exceptionHandler(Handler<Throwable> handler) {
    this.exceptionHandler = handler;
    return this;
  }

  @Override
  public ReadStream<Buffer> pause() {
    flowing = false;
    wasPaused = true;
    return this;
  }

  @Override
  public ReadStream<Buffer> resume() {
    flowing = true;
    context.runOnContext(turn -> flow());
    return this;
  }

  @Override
  public ReadStream<Buffer> fetch(long amount) {
    return amount == Long.MAX_VALUE ? resume() : this;
  }
}

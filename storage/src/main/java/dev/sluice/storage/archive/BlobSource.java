package dev.sluice.storage.archive;

import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Executor;

/**
 * The bytes of a stream that blocks, as one that flows. One chunk is read at a time, by a thread
 * that may block, and only when it is asked for; all else happens on the source's context.
 */
final class BlobSource implements ReadStream<Buffer> {

  private static final int CHUNK = 128 << 10;

  private final InputStream bytes;
  private final Context context;
  private final Executor readers;
  private final Handler<Throwable> onFailure;
  private long demand;
  private boolean reading;
  private boolean over;
  private Buffer held;
  private Handler<Buffer> handler;
  private Handler<Void> endHandler;
  private Handler<Throwable> exceptionHandler;
  private Throwable failure;

  /**
   * Closes the stream when it ends, breaks off or is discarded.
   *
   * @param onFailure hears of it where the stream breaks off
   */
  BlobSource(InputStream bytes, Context context, Executor readers, Handler<Throwable> onFailure) {
    this.bytes = bytes;
    this.context = context;
    this.readers = readers;
    this.onFailure = onFailure;
  }

  private void flow() {
    if (over || demand == 0) {
      return;
    }
    if (held != null) {
      Buffer next = held;
      held = null;
      give(next);
    }
    if (!over && demand > 0 && !reading) {
      reading = true;
      readers.execute(this::read);
    }
  }

  private void give(Buffer next) {
    if (demand != Long.MAX_VALUE) {
      demand--;
    }
    if (handler != null) {
      handler.handle(next);
    }
  }

  private void read() {
    byte[] chunk = new byte[CHUNK];
    try {
      int count = bytes.read(chunk);
      context.runOnContext(turn -> took(chunk, count));
    } catch (IOException | RuntimeException broken) {
      context.runOnContext(turn -> brokeOff(broken));
    }
  }

  private void took(byte[] chunk, int count) {
    reading = false;
    if (over) {
      return;
    }
    if (count < 0) {
      close();
      if (endHandler != null) {
        endHandler.handle(null);
      }
      return;
    }
    held = Buffer.buffer(count).appendBytes(chunk, 0, count);
    flow();
  }

  private void brokeOff(Throwable cause) {
    if (over) {
      return;
    }
    failure = cause;
    close();
    onFailure.handle(cause);
    if (exceptionHandler != null) {
      exceptionHandler.handle(cause);
    }
  }

  /** Ends it; nobody hears of that. */
  void discard() {
    if (!over) {
      close();
    }
  }

  private void close() {
    over = true;
    held = null;
    readers.execute(
        () -> {
          try {
            bytes.close();
          } catch (IOException | RuntimeException closed) {
            // Nobody wants anything of it any more.
          }
        });
  }

  @Override
  public BlobSource handler(Handler<Buffer> reader) {
    handler = reader;
    return this;
  }

  @Override
  public BlobSource endHandler(Handler<Void> reader) {
    endHandler = reader;
    return this;
  }

  @Override
  public BlobSource exceptionHandler(Handler<Throwable> reader) {
    exceptionHandler = reader;
    if (failure != null && reader != null) {
      reader.handle(failure);
    }
    return this;
  }

  @Override
  public BlobSource pause() {
    demand = 0;
    return this;
  }

  @Override
  public BlobSource resume() {
    return fetch(Long.MAX_VALUE);
  }

  @Override
  public BlobSource fetch(long amount) {
    demand = amount > Long.MAX_VALUE - demand ? Long.MAX_VALUE : demand + amount;
    // In a turn of its own: who calls this from within the handler is not called from within this.
    context.runOnContext(turn -> flow());
    return this;
  }
}

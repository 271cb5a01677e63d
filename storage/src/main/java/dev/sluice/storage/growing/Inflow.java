package dev.sluice.storage.growing;

import dev.sluice.storage.Blobs.Source;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import io.vertx.core.streams.ReadStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One stream on its way to the disk. Its event loop only queues buffers; whatever has come together
 * meanwhile is handed over in one batch on a virtual thread.
 */
final class Inflow {

  private final ReadStream<Buffer> stream;
  private final Context context;
  private final Sink sink;
  private final Executor writers;
  private final Queue<Buffer> queue = new ConcurrentLinkedQueue<>();
  private final AtomicLong queued = new AtomicLong();
  private final AtomicBoolean draining = new AtomicBoolean();
  private volatile boolean paused;
  private volatile boolean over;
  private volatile Throwable failure;
  private boolean told;

  /** Where the bytes go; called by one thread at a time. */
  interface Sink {
    /** The stream is paused when this many bytes wait to be taken. */
    default long highWater() {
      return 1 << 20;
    }

    /** Takes what came; may block. */
    void write(List<ByteBuffer> batch, long length);

    /** The last call: every byte that came before was handed over. Empty where it ended well. */
    void ended(Optional<Throwable> failure);

    /** The last call where another one threw: nobody else says to those who wait what became. */
    void brokeDown(Throwable unforeseen);
  }

  /**
   * @param writers runs blocking work, each task on a thread of its own
   */
  Inflow(Source source, Sink sink, Executor writers) {
    this.stream = source.bytes();
    this.context = source.context();
    this.sink = sink;
    this.writers = writers;
  }

  /** Lets the stream flow. */
  void open() {
    context.runOnContext(
        turn -> {
          stream.exceptionHandler(this::end);
          stream.endHandler(end -> end(null));
          stream.handler(this::take);
          stream.resume();
        });
  }

  /** What a broken stream still had is dropped: the rest is asked for from what is written. */
  private void take(Buffer buffer) {
    if (over) {
      return;
    }
    queue.add(buffer);
    if (queued.addAndGet(buffer.length()) > sink.highWater() && !paused) {
      paused = true;
      stream.pause();
    }
    drainSoon();
    resumeIfDrained();
  }

  private void end(Throwable cause) {
    if (!over) {
      failure = cause;
      over = true;
      drainSoon();
    }
  }

  /** On the stream's context, so that pausing and resuming cannot overtake each other. */
  private void resumeIfDrained() {
    if (paused && queued.get() < sink.highWater() / 2) {
      paused = false;
      stream.resume();
    }
  }

  private void drainSoon() {
    if (draining.compareAndSet(false, true)) {
      writers.execute(this::drain);
    }
  }

  private void drain() {
    do {
      // Read before the queue is emptied: whatever came before the end is then written before it.
      boolean last = over;
      try {
        handOver();
        if (last && !told) {
          told = true;
          sink.ended(Optional.ofNullable(failure));
        }
      } catch (Throwable unforeseen) {
        told = true;
        sink.brokeDown(unforeseen);
      }
      draining.set(false);
    } while ((!queue.isEmpty() || (over && !told)) && draining.compareAndSet(false, true));
  }

  private void handOver() {
    List<ByteBuffer> batch = new ArrayList<>();
    long length = 0;
    for (Buffer next = queue.poll(); next != null; next = queue.poll()) {
      batch.add(((BufferInternal) next).getByteBuf().nioBuffer());
      length += next.length();
    }
    if (length > 0) {
      sink.write(batch, length);
    }
    queued.addAndGet(-length);
    if (paused) {
      context.runOnContext(turn -> resumeIfDrained());
    }
  }
}

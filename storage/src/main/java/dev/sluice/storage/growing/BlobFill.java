package dev.sluice.storage.growing;

import dev.sluice.storage.BlobWriter;
import dev.sluice.storage.BlobWriter.Verdict;
import dev.sluice.storage.Blobs.Source;
import dev.sluice.storage.FillOutcome;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import io.vertx.core.streams.ReadStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Brings one stream into one growing blob. The stream's event loop only queues buffers; whatever
 * has come together meanwhile is written and hashed in one batch on a virtual thread.
 */
final class BlobFill {

  /** The stream is paused when this many bytes wait to be written: the disk is behind. */
  private static final long HIGH_WATER = 1 << 20;

  private static final long LOW_WATER = HIGH_WATER / 2;

  private final BlobWriter writer;
  private final GrowingBlob blob;
  private final ReadStream<Buffer> stream;
  private final Executor writers;
  private final Context context;
  private final Promise<FillOutcome> done = Promise.promise();
  private final Queue<Buffer> queue = new ConcurrentLinkedQueue<>();
  private final AtomicLong queued = new AtomicLong();
  private final AtomicBoolean draining = new AtomicBoolean();
  private volatile boolean paused;
  private volatile boolean streamEnded;
  private volatile Throwable streamFailure;
  private boolean finished;

  /**
   * @param writers runs blocking work, each task on a thread of its own
   */
  BlobFill(BlobWriter writer, GrowingBlob blob, Source source, Executor writers) {
    this.writer = writer;
    this.blob = blob;
    this.stream = source.bytes();
    this.context = source.context();
    this.writers = writers;
  }

  /** Lets the stream flow; the future never fails. */
  Future<FillOutcome> start() {
    context.runOnContext(
        turn -> {
          stream.exceptionHandler(
              failure -> {
                streamFailure = failure;
                end();
              });
          stream.endHandler(end -> end());
          stream.handler(this::take);
          stream.resume();
        });
    return done.future();
  }

  private void take(Buffer buffer) {
    queue.add(buffer);
    if (queued.addAndGet(buffer.length()) > HIGH_WATER && !paused) {
      paused = true;
      stream.pause();
    }
    drainSoon();
    resumeIfDrained();
  }

  private void end() {
    streamEnded = true;
    drainSoon();
  }

  /** On the stream's context, so that pausing and resuming cannot overtake each other. */
  private void resumeIfDrained() {
    if (paused && queued.get() < LOW_WATER) {
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
      boolean last = streamEnded;
      writeQueued();
      if (last && !finished) {
        finish(streamFailure == null ? commit() : broken(streamFailure));
      }
      draining.set(false);
    } while ((!queue.isEmpty() || (streamEnded && !finished))
        && draining.compareAndSet(false, true));
  }

  private void writeQueued() {
    List<ByteBuffer> batch = new ArrayList<>();
    long length = 0;
    for (Buffer next = queue.poll(); next != null; next = queue.poll()) {
      batch.add(((BufferInternal) next).getByteBuf().nioBuffer());
      length += next.length();
    }
    if (length > 0 && !finished) {
      write(batch, length);
    }
    queued.addAndGet(-length);
    if (paused) {
      context.runOnContext(turn -> resumeIfDrained());
    }
  }

  private void write(List<ByteBuffer> batch, long length) {
    OptionalLong size = blob.size();
    if (size.isPresent() && writer.written() + length > size.getAsLong()) {
      // Such a stream may be without an end; the disk is not.
      finish(new FillOutcome.Wrong("got more than " + size.getAsLong() + " bytes"));
      return;
    }
    try {
      writer.write(batch.toArray(ByteBuffer[]::new));
      blob.grownTo(writer.written());
    } catch (IOException full) {
      finish(broken(full));
    }
  }

  private FillOutcome commit() {
    try {
      return switch (writer.commit()) {
        case Verdict.Right() -> new FillOutcome.Filled(writer.written());
        case Verdict.Wrong(var reason) -> new FillOutcome.Wrong(reason);
      };
    } catch (IOException failure) {
      return broken(failure);
    }
  }

  private static FillOutcome broken(Throwable cause) {
    return new FillOutcome.Broken(cause.toString());
  }

  private void finish(FillOutcome outcome) {
    finished = true;
    writer.abort();
    done.complete(outcome);
  }
}

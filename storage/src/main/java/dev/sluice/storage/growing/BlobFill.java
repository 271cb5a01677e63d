package dev.sluice.storage.growing;

import dev.sluice.storage.BlobWriter;
import dev.sluice.storage.BlobWriter.Verdict;
import dev.sluice.storage.Blobs.Source;
import dev.sluice.storage.Continuation;
import dev.sluice.storage.Continuation.Next;
import dev.sluice.storage.FillOutcome;
import dev.sluice.storage.FillOutcome.Broken;
import dev.sluice.storage.FillOutcome.Unstored;
import dev.sluice.storage.FillOutcome.Wrong;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings one blob in: what its stream brings is written and hashed, and where the stream breaks off
 * the next one goes on at the very byte. One inflow at a time, so that no byte is written twice.
 */
final class BlobFill implements Inflow.Sink {

  private static final Logger LOG = LoggerFactory.getLogger(BlobFill.class);

  private final BlobWriter writer;
  private final GrowingBlob blob;
  private final long most;
  private final Continuation continuation;
  private final Executor writers;
  private final Promise<FillOutcome> done = Promise.promise();
  private boolean finished;

  /**
   * @param most bytes that are taken where the blob's size is not known
   * @param writers runs blocking work, each task on a thread of its own
   */
  BlobFill(
      BlobWriter writer, GrowingBlob blob, long most, Continuation continuation, Executor writers) {
    this.writer = writer;
    this.blob = blob;
    this.most = blob.size().orElse(most);
    this.continuation = continuation;
    this.writers = writers;
  }

  /** Lets the stream flow; the future never fails. */
  Future<FillOutcome> start(Source source) {
    new Inflow(source, this, writers).open();
    return done.future();
  }

  @Override
  public void write(List<ByteBuffer> batch, long length) {
    if (finished) {
      return;
    }
    if (writer.written() + length > most) {
      // Such a stream may be without an end; the disk is not.
      finish(new Wrong("it has more than " + most + " bytes"));
      return;
    }
    try {
      writer.write(batch.toArray(ByteBuffer[]::new));
      blob.grownTo(writer.written());
    } catch (IOException full) {
      finish(DiskTrouble.unstored(full));
    }
  }

  @Override
  public void ended(Optional<Throwable> failure) {
    if (finished) {
      return;
    }
    // Of a known size, the bytes alone tell whether they are all there, not how the stream ended.
    boolean whole =
        blob.size().isPresent() ? writer.written() == blob.size().getAsLong() : failure.isEmpty();
    if (whole) {
      finish(commit());
    } else {
      goOn(new Broken(reason(failure)));
    }
  }

  @Override
  public void brokeDown(Throwable unforeseen) {
    LOG.error("a fill broke down", unforeseen);
    if (!finished) {
      finish(new Unstored("an error that its log tells"));
    }
  }

  private String reason(Optional<Throwable> failure) {
    return failure
        .map(cause -> cause.getMessage() == null ? "the connection broke off" : cause.getMessage())
        .orElse("it ended at byte " + writer.written() + " of " + most);
  }

  private void goOn(Broken how) {
    continuation
        .after(writer.written(), how)
        .onComplete(
            next -> writers.execute(() -> goOn(next)),
            unforeseen -> writers.execute(() -> brokeDown(unforeseen)));
  }

  private void goOn(Next next) {
    switch (next) {
      case Next.Onward(var source) -> new Inflow(source, this, writers).open();
      case Next.Over(var how) -> finish(how);
    }
  }

  private FillOutcome commit() {
    try {
      return switch (writer.commit()) {
        case Verdict.Right() -> new FillOutcome.Filled(writer.written());
        case Verdict.Wrong(var reason) -> new Wrong(reason);
        case Verdict.Unkept(var reason) -> new FillOutcome.Unkept(reason);
      };
    } catch (IOException failure) {
      return DiskTrouble.unstored(failure);
    }
  }

  private void finish(FillOutcome outcome) {
    finished = true;
    try {
      writer.abort();
    } finally {
      done.complete(outcome);
    }
  }
}

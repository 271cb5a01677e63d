package dev.sluice.storage.growing;

import dev.sluice.storage.BlobLocation.Passing;
import dev.sluice.storage.Blobs.Source;
import dev.sluice.storage.ByteRange;
import dev.sluice.storage.Continuation.Next;
import dev.sluice.storage.Digest;
import dev.sluice.storage.FillOutcome.Broken;
import dev.sluice.storage.Passage.Opened;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executor;

/**
 * A body whose bytes this node cannot keep: they come for this reader alone, as fast as it takes
 * them. All of the blob is hashed on its way, whatever part is sent, and the last byte is held back
 * until the digest was found right.
 */
final class PassingBody implements Inflow.Sink {

  private static final String GONE = "the client has gone";

  private final Passing blob;
  private final ByteRange range;
  private final HttpServerResponse response;
  private final Context context;
  private final Executor threads;
  private final MessageDigest hasher;
  private final Promise<Void> done = Promise.promise();
  private volatile Promise<Void> underWay = Promise.promise();
  private Opened opened;
  private long position;
  private Buffer heldBack = Buffer.buffer();

  /**
   * To be made on the context of the response.
   *
   * @param threads runs blocking work, each task on a thread of its own
   */
  PassingBody(Passing blob, ByteRange range, HttpServerResponse response, Executor threads) {
    this.blob = blob;
    this.range = range;
    this.response = response;
    this.context = Vertx.currentContext();
    this.threads = threads;
    this.hasher = blob.digest().algorithm().hasher();
  }

  /** Writes the head, then what comes; fails before the head where nothing does. */
  Future<Void> start() {
    return blob.passage().open().compose(this::flow);
  }

  private Future<Void> flow(Opened blobOnItsWay) {
    opened = blobOnItsWay;
    done.future().onComplete(end -> over());
    context.runOnContext(turn -> begin());
    return done.future();
  }

  private void begin() {
    // What has gone already has no handlers any more.
    if (response.closed()) {
      done.tryFail(GONE);
      return;
    }
    response.exceptionHandler(done::tryFail);
    response.closeHandler(gone -> done.tryFail(GONE));
    response.writeHead().onFailure(done::tryFail);
    follow(opened.source());
  }

  private void over() {
    underWay.tryComplete();
    opened.end().run();
  }

  private void follow(Source source) {
    new Inflow(source, this, threads).open();
  }

  /** There may be as many of these as there are clients, each as slow as its own. */
  @Override
  public long highWater() {
    return 1 << 17;
  }

  @Override
  public void write(List<ByteBuffer> batch, long length) {
    if (done.future().isComplete()) {
      return;
    }
    Buffer ready = heldBack;
    for (ByteBuffer bytes : batch) {
      hasher.update(bytes.duplicate());
      append(ready, bytes);
      position += bytes.remaining();
    }
    if (blob.size().isPresent() && position > blob.size().getAsLong()) {
      // Such a stream may be without an end.
      cut("it has more than " + blob.size().getAsLong() + " bytes");
      return;
    }
    int last = Math.max(0, ready.length() - 1);
    heldBack = ready.getBuffer(last, ready.length());
    if (last > 0) {
      send(ready.getBuffer(0, last));
    }
  }

  /** The part of these bytes that is in the range. */
  private void append(Buffer ready, ByteBuffer bytes) {
    long from = Math.max(range.offset() - position, 0);
    long to = Math.min(range.end() - position, bytes.remaining());
    if (from < to) {
      byte[] part = new byte[(int) (to - from)];
      bytes.get(bytes.position() + (int) from, part);
      ready.appendBytes(part);
    }
  }

  /** Waits for the reader: nobody else follows this stream. */
  private void send(Buffer bytes) {
    Promise<Void> taken = Promise.promise();
    underWay = taken;
    if (done.future().isComplete()) {
      return;
    }
    context.runOnContext(turn -> response.write(bytes).onComplete(end -> taken.tryComplete()));
    taken.future().toCompletionStage().toCompletableFuture().join();
  }

  @Override
  public void ended(Optional<Throwable> failure) {
    if (done.future().isComplete()) {
      return;
    }
    OptionalLong size = blob.size();
    boolean whole = size.isPresent() ? position == size.getAsLong() : failure.isEmpty();
    if (whole) {
      finish();
    } else {
      String reason = failure.map(String::valueOf).orElse("it ended at byte " + position);
      opened
          .continuation()
          .after(position, new Broken(reason))
          .onComplete(next -> goOn(next), unforeseen -> brokeDown(unforeseen));
    }
  }

  private void goOn(Next next) {
    switch (next) {
      case Next.Onward(var source) -> follow(source);
      case Next.Over(var how) -> cut(how.reason());
    }
  }

  private void finish() {
    if (Digest.of(blob.digest().algorithm(), hasher).equals(blob.digest())) {
      context.runOnContext(turn -> response.end(heldBack).onComplete(done::handle));
    } else {
      cut("the bytes are not what their name says");
    }
  }

  @Override
  public void brokeDown(Throwable unforeseen) {
    cut(String.valueOf(unforeseen));
  }

  private void cut(String reason) {
    context.runOnContext(turn -> response.reset());
    done.tryFail(reason);
  }
}

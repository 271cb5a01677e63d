package dev.sluice.storage.growing;

import dev.sluice.storage.BlobLocation.Passing;
import dev.sluice.storage.Blobs.Source;
import dev.sluice.storage.ByteRange;
import dev.sluice.storage.Continuation;
import dev.sluice.storage.Digest;
import dev.sluice.storage.Passage;
import dev.sluice.storage.disk.DiskBlobStore;
import dev.sluice.storage.peer.Waiting;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.internal.VertxInternal;
import java.net.URI;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A server of one blob that is not kept: each answer has a stream of its own, fed by the test. */
final class PassingServer {

  final Breaks breaks = new Breaks();
  private final Vertx vertx = Vertx.vertx();
  private final LocalBlobs blobs;
  private final Digest digest;
  private final OptionalLong size;
  private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
  private final int port;

  /**
   * An answer under way.
   *
   * @param ended counts how often it was said that nobody reads on
   */
  record Answer(HandFedStream stream, BlockingQueue<Boolean> ended, BlockingQueue<Boolean> done) {}

  PassingServer(Path root, Digest digest, OptionalLong size) throws Exception {
    this.blobs = new LocalBlobs(DiskBlobStore.open(root));
    this.digest = digest;
    this.size = size;
    this.port =
        Waiting.get(vertx.createHttpServer().requestHandler(this::answer).listen(0, "127.0.0.1"))
            .actualPort();
  }

  private void answer(HttpServerRequest request) {
    long from = Long.parseLong(request.getParam("from"));
    long length = Long.parseLong(request.getParam("length"));
    if (length >= 0) {
      request.response().putHeader("Content-Length", Long.toString(length));
    }
    Answer answer =
        new Answer(new HandFedStream(), new LinkedBlockingQueue<>(), new LinkedBlockingQueue<>());
    var range = new ByteRange(from, length < 0 ? Long.MAX_VALUE : length);
    // Who asks for more than there is has it wait for what does not come.
    OptionalLong most =
        size.isPresent() ? OptionalLong.of(Math.max(size.getAsLong(), range.end())) : size;
    blobs
        .send(new Passing(digest, most, () -> opened(answer)), range, request)
        .onComplete(end -> answer.done.add(end.succeeded()));
    answers.add(answer);
  }

  private Future<Passage.Opened> opened(Answer answer) {
    return Future.succeededFuture(
        new Passage.Opened(size, source(answer.stream), breaks, () -> answer.ended.add(true)));
  }

  /** A stream on an event loop of its own. */
  Source source(HandFedStream stream) {
    Context context = ((VertxInternal) vertx).createEventLoopContext();
    return new Source(stream.on(context), context);
  }

  Continuation.Next onward(HandFedStream stream) {
    return new Continuation.Next.Onward(source(stream));
  }

  URI uri(long from, long length) {
    return URI.create("http://127.0.0.1:%d/?from=%d&length=%d".formatted(port, from, length));
  }

  int port() {
    return port;
  }

  /** The next answer that has begun. */
  Answer await() throws InterruptedException {
    return await(answers);
  }

  static <T> T await(BlockingQueue<T> queue) throws InterruptedException {
    T next = queue.poll(20, TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("it did not come");
    }
    return next;
  }

  void close() throws Exception {
    Waiting.get(vertx.close());
    blobs.close();
  }
}

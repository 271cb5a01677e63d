package dev.sluice.fetcher.upstream;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.streams.ReadStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/** The head of an upstream's answer; its body waits until it is read, filled in, or discarded. */
final class UpstreamResponse {

  /** A body this small is read to its end, so that its connection can serve again. */
  private static final int WORTH_DRAINING = 64 << 10;

  /** And no longer than this: a new connection takes less. */
  private static final long DRAINING_MILLIS = 1_000;

  private final HttpClientRequest request;
  private final HttpClientResponse response;
  private final ResponseBody body;
  private final Duration patience;
  private final Context context;

  /**
   * Made on the answer's context.
   *
   * @param deadlines the idle time is also the patience for the whole of a body that is read into
   *     memory
   * @param received is told of each piece of its body, in bytes
   */
  UpstreamResponse(
      HttpClientRequest request,
      HttpClientResponse response,
      Deadlines deadlines,
      LongConsumer received) {
    this.request = request;
    this.patience = deadlines.idle();
    this.response = response;
    this.body = new ResponseBody(response, deadlines.progress(), received);
    this.context = Vertx.currentContext();
  }

  int status() {
    return response.statusCode();
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(response.getHeader(name));
  }

  List<String> headers(String name) {
    return response.headers().getAll(name);
  }

  /** The announced length of the body, in bytes; empty where none or a senseless one came. */
  OptionalLong contentLength() {
    String text = response.getHeader("Content-Length");
    if (text == null || text.length() > 18 || !text.chars().allMatch(Character::isDigit)) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(Long.parseLong(text));
  }

  /** A body longer than it may be: the next would be, too. */
  static final class TooLong extends RuntimeException {
    private static final long serialVersionUID = 1;

    TooLong(int cap) {
      super("its answer is longer than " + cap + " bytes", null, false, false);
    }
  }

  /**
   * Reads the body, as long as patience lasts: a byte now and then does not count as an answer.
   *
   * @param cap the most bytes taken; a longer body fails, and its connection is closed
   */
  Future<Buffer> body(int cap) {
    Promise<Buffer> done = Promise.promise();
    Buffer collected = Buffer.buffer();
    context.runOnContext(
        turn -> {
          body.exceptionHandler(done::tryFail);
          body.endHandler(end -> done.tryComplete(collected));
          body.handler(
              chunk -> {
                if (collected.length() + chunk.length() > cap) {
                  done.tryFail(new TooLong(cap));
                } else {
                  collected.appendBuffer(chunk);
                }
              });
          body.resume();
        });
    return done.future()
        .timeout(patience.toMillis(), TimeUnit.MILLISECONDS)
        .onFailure(unread -> context.runOnContext(turn -> giveUp()));
  }

  /** The body, for a reader on its {@link #context}. */
  ReadStream<Buffer> stream() {
    return body;
  }

  /** Where the body flows. */
  Context context() {
    return context;
  }

  /** Ends the answer, whose reader has gone. */
  void release() {
    context.runOnContext(
        turn -> {
          body.abandon();
          if (!response.end().isComplete()) {
            giveUp();
          }
        });
  }

  /** Drops the body. */
  void discard() {
    OptionalLong length = contentLength();
    boolean none = request.getMethod().equals(HttpMethod.HEAD);
    if (none || (length.isPresent() && length.getAsLong() <= WORTH_DRAINING)) {
      context.runOnContext(turn -> drain());
    } else {
      context.runOnContext(turn -> giveUp());
    }
  }

  private void drain() {
    response.resume();
    response
        .end()
        .timeout(DRAINING_MILLIS, TimeUnit.MILLISECONDS)
        .onFailure(late -> request.reset());
  }

  /**
   * Closes the connection, after what it has received was taken from it: a paused one that closes
   * never releases that (VertxConnection.handleClosed of Vert.x 5.1.6), and memory outside the heap
   * is gone with each. One whose answer turns out to have come whole is left open, as it may serve
   * the next request already: a reset would close it all the same (Http1ClientConnection.reset).
   */
  private void giveUp() {
    response.handler(null);
    response.resume();
    context.runOnContext(
        turn -> {
          if (!response.end().isComplete()) {
            request.reset();
          }
        });
  }
}

package dev.sluice.gateway.ecr;

import dev.sluice.gateway.ecr.EcrAnswer.Failed;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The body of a request, read up to a size and within a time. */
sealed interface RequestBody {

  /** 1 MiB: ten times the largest that an operation can need. */
  int LARGEST = 1 << 20;

  /** What is answered to a body of any larger size. */
  Failed TOO_LARGE =
      new Failed(
          ErrorType.REQUEST_ENTITY_TOO_LARGE, "Request bodies end at " + LARGEST + " bytes here.");

  /** What is answered where a body does not come to its end. */
  Failed UNFINISHED =
      new Failed(ErrorType.REQUEST_TIMEOUT, "The body did not come to its end in time.");

  /** It came to its end. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Whole(byte[] bytes) implements RequestBody {}

  /** It is too large, or did not come to its end. */
  record Unusable(Failed failed) implements RequestBody {}

  /**
   * Reads a body; the future never fails.
   *
   * @param within how long it may take to come
   */
  static Future<RequestBody> read(HttpServerRequest request, Duration within) {
    if (declared(request) > LARGEST) {
      return Future.succeededFuture(new Unusable(TOO_LARGE));
    }
    Promise<RequestBody> read = Promise.promise();
    Buffer body = Buffer.buffer();
    request.handler(
        piece -> {
          if (body.length() + piece.length() > LARGEST) {
            read.tryComplete(new Unusable(TOO_LARGE));
          } else {
            body.appendBuffer(piece);
          }
        });
    request.endHandler(end -> read.tryComplete(new Whole(body.getBytes())));
    request.exceptionHandler(read::tryFail);
    if (request.headers().contains(HttpHeaders.EXPECT)) {
      request.response().writeContinue();
    }
    return read.future()
        .timeout(within.toMillis(), TimeUnit.MILLISECONDS)
        .otherwise(slowOrGone -> new Unusable(UNFINISHED));
  }

  /** Whether the rest of a body may be let in and dropped, for the sake of the connection. */
  static boolean isShort(HttpServerRequest request) {
    return declared(request) <= LARGEST;
  }

  /** What a request says of its body's length; endless where it says nothing usable. */
  private static long declared(HttpServerRequest request) {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    try {
      return length == null ? 0 : Long.parseLong(length);
    } catch (NumberFormatException unusable) {
      return Long.MAX_VALUE;
    }
  }
}

package dev.sluice.gateway.warmup;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The body of a request that was paused, read up to a size and within a time. */
sealed interface JsonBody {

  /** 4 MiB: 10 000 images whose names are as long as they may be. */
  int LARGEST = 4 << 20;

  Duration PATIENCE = Duration.ofSeconds(20);

  /** It came to its end. */
  record Whole(Buffer bytes) implements JsonBody {}

  /** It is too large, or did not come to its end. */
  record Unusable(ApiAnswer answer) implements JsonBody {}

  ApiAnswer TOO_LARGE =
      ApiAnswer.error(413, "TOO_LARGE", "bodies end at " + LARGEST + " bytes here; post parts");

  ApiAnswer UNFINISHED =
      ApiAnswer.error(408, "UNFINISHED", "the body did not come to its end in time");

  /** Reads a body; the future never fails. */
  static Future<JsonBody> read(HttpServerRequest request) {
    if (declared(request) > LARGEST) {
      return Future.succeededFuture(new Unusable(TOO_LARGE));
    }
    Promise<JsonBody> read = Promise.promise();
    Buffer body = Buffer.buffer();
    request.handler(
        piece -> {
          if (body.length() + piece.length() > LARGEST) {
            read.tryComplete(new Unusable(TOO_LARGE));
          } else {
            body.appendBuffer(piece);
          }
        });
    request.endHandler(_ -> read.tryComplete(new Whole(body)));
    request.exceptionHandler(read::tryFail);
    if (request.headers().contains(HttpHeaders.EXPECT)) {
      request.response().writeContinue();
    }
    request.resume();
    return read.future()
        .timeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
        .otherwise(_ -> new Unusable(UNFINISHED));
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

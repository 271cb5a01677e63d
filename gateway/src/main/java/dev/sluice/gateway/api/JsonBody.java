package dev.sluice.gateway.api;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** The body of a request that was paused, read up to a size and within a time. */
public sealed interface JsonBody {

  /** How long one may take to come. */
  Duration PATIENCE = Duration.ofSeconds(20);

  /** It came to its end. */
  record Whole(Buffer bytes) implements JsonBody {}

  /** It is too large, or did not come to its end. */
  record Unusable(ApiAnswer answer) implements JsonBody {}

  /** What is answered to one that comes too slowly, or breaks off. */
  ApiAnswer UNFINISHED =
      ApiAnswer.error(408, "UNFINISHED", "the body did not come to its end in time");

  /**
   * Whether a request says that its body is JSON: no page of another site can send this type
   * without being asked for it first (Fetch, "CORS").
   */
  static boolean isDeclared(HttpServerRequest request) {
    String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
    return type != null
        && type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals("application/json");
  }

  private static Unusable tooLarge(int largest) {
    return new Unusable(
        ApiAnswer.error(413, "TOO_LARGE", "bodies end at " + largest + " bytes here; post parts"));
  }

  /**
   * Reads a body; the future never fails.
   *
   * @param largest how many bytes it may have
   */
  static Future<JsonBody> read(HttpServerRequest request, int largest) {
    if (declared(request) > largest) {
      return Future.succeededFuture(tooLarge(largest));
    }
    Promise<JsonBody> read = Promise.promise();
    Buffer body = Buffer.buffer();
    request.handler(
        piece -> {
          if (body.length() + piece.length() > largest) {
            read.tryComplete(tooLarge(largest));
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

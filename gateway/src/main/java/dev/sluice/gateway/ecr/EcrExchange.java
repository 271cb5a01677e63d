package dev.sluice.gateway.ecr;

import dev.sluice.gateway.HangUp;
import dev.sluice.gateway.ecr.EcrAnswer.Done;
import dev.sluice.gateway.ecr.EcrAnswer.Failed;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.UUID;

/** One request of the ECR API and the answer to it. */
final class EcrExchange {

  /** RFC 9110 section 5.6.7; Java's own RFC 1123 form writes days of one digit. */
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
          .withZone(ZoneOffset.UTC);

  private final HttpServerRequest request;
  private final Clock clock;
  private final long started = System.nanoTime();
  private final String requestId = UUID.randomUUID().toString();
  private String operation = "unknown";
  private String error = "-";
  private volatile String keyId = "-";

  EcrExchange(HttpServerRequest request, Clock clock) {
    this.request = request;
    this.clock = clock;
  }

  HttpServerRequest request() {
    return request;
  }

  /** What support is told, and what stands in the log beside a failure. */
  String requestId() {
    return requestId;
  }

  /** Notes which operation is asked for; one that there is, never merely what a client sent. */
  void is(String known) {
    operation = known;
  }

  String operation() {
    return operation;
  }

  /** Notes whose signature was right. */
  void provedBy(String id) {
    keyId = id;
  }

  /** The key whose signature was right; a dash where none was. */
  String keyId() {
    return keyId;
  }

  /** The error that was answered; a dash for none. */
  String error() {
    return error;
  }

  Duration took() {
    return Duration.ofNanos(System.nanoTime() - started);
  }

  /** Sends the answer; fails where the client is gone. */
  Future<Void> send(EcrAnswer answer) {
    return switch (answer) {
      case Done(var body) -> send(200, body.toBuffer());
      case Failed(var type, var message) -> {
        error = type.wireName();
        JsonObject body = new JsonObject().put("__type", error).put("message", message);
        yield send(type.status(), body.toBuffer());
      }
    };
  }

  private Future<Void> send(int status, Buffer body) {
    HttpServerResponse response = request.response();
    if (response.closed()) {
      return Future.failedFuture("the client is gone");
    }
    response
        .setStatusCode(status)
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/x-amz-json-1.1")
        .putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length()))
        .putHeader(HttpHeaders.DATE, HTTP_DATE.format(clock.instant()))
        .putHeader("x-amzn-RequestId", requestId);
    if (!request.isEnded() && isHangUp(status)) {
      HangUp.after(request);
    }
    // It may have been paused, and nobody reads it any more.
    request.resume();
    return response.end(body);
  }

  /** The rest of a body that is endless, or does not come, is not waited for. */
  private boolean isHangUp(int status) {
    return status == ErrorType.REQUEST_TIMEOUT.status()
        || !RequestBody.isShort(request)
        || request.headers().contains(HttpHeaders.TRANSFER_ENCODING);
  }
}

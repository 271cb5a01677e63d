package dev.sluice.gateway.warmup;

import dev.sluice.gateway.GatewayMetrics;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One request of the API and the answer to it; a line and a count for each. */
final class ApiExchange {

  private static final Logger LOG = LoggerFactory.getLogger("sluice.requests");

  /** For metrics. */
  private static final String OPERATION = "warm-ups";

  /** How long a client may go on sending a body that nobody reads. */
  private static final int LAST_WORD_SECONDS = 1;

  private final HttpServerRequest request;
  private final GatewayMetrics metrics;
  private final boolean lines;
  private final long started = System.nanoTime();
  private String name = "-";

  ApiExchange(HttpServerRequest request, GatewayMetrics metrics, boolean lines) {
    this.request = request;
    this.metrics = metrics;
    this.lines = lines;
  }

  HttpServerRequest request() {
    return request;
  }

  /** Notes who asks. */
  void by(String who) {
    name = who;
  }

  /** Sends the answer; a client that is gone does not get it. */
  void send(ApiAnswer answer) {
    HttpServerResponse response = request.response();
    if (response.closed()) {
      ended(false);
      return;
    }
    Buffer body = answer.body().toBuffer();
    response
        .setStatusCode(answer.status())
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length()));
    answer.headers().forEach(response::putHeader);
    if (!request.isEnded() && hasBody()) {
      response.putHeader(HttpHeaders.CONNECTION, "close");
      // Before the answer: what came along with this request would be taken up behind it.
      request.connection().shutdown(LAST_WORD_SECONDS, TimeUnit.SECONDS);
    }
    request.resume();
    boolean isHead = request.method().equals(HttpMethod.HEAD);
    (isHead ? response.end() : response.end(body)).onComplete(end -> ended(end.succeeded()));
  }

  private boolean hasBody() {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    return request.headers().contains(HttpHeaders.TRANSFER_ENCODING)
        || (length != null && !length.equals("0"));
  }

  private void ended(boolean whole) {
    HttpServerResponse response = request.response();
    Duration took = Duration.ofNanos(System.nanoTime() - started);
    metrics.requestEnded(
        OPERATION, response.getStatusCode(), "none", response.bytesWritten(), took);
    if (lines && LOG.isInfoEnabled()) {
      LOG.info(
          "{} {} {} {} {} {}B {}ms{}",
          request.remoteAddress().hostAddress(),
          isKnown() ? request.method() : "-",
          OPERATION,
          name,
          response.getStatusCode(),
          response.bytesWritten(),
          took.toMillis(),
          whole ? "" : " cut");
    }
  }

  /** A method may be any word that a client made up. */
  private boolean isKnown() {
    return HttpMethod.values().contains(request.method());
  }
}

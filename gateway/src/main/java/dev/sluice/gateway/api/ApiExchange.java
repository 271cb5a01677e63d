package dev.sluice.gateway.api;

import dev.sluice.gateway.GatewayMetrics;
import dev.sluice.gateway.HangUp;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One request of the API and the answer to it; a line and a count for each. */
public final class ApiExchange {

  private static final Logger LOG = LoggerFactory.getLogger("sluice.requests");

  private static final int FIRST_REFUSAL = 400;

  private final HttpServerRequest request;
  private final String operation;
  private final GatewayMetrics metrics;
  private final boolean lines;
  private final long started = System.nanoTime();
  private String name = "-";

  /**
   * @param operation for metrics
   * @param lines whether it gets a line in the log
   */
  public ApiExchange(
      HttpServerRequest request, String operation, GatewayMetrics metrics, boolean lines) {
    this.request = request;
    this.operation = operation;
    this.metrics = metrics;
    this.lines = lines;
  }

  /** What was asked. */
  public HttpServerRequest request() {
    return request;
  }

  /** Notes who asks. */
  public void by(String who) {
    name = who;
  }

  /** Sends the answer; a client that is gone does not get it. */
  public void send(ApiAnswer answer) {
    HttpServerResponse response = request.response();
    if (response.closed()) {
      ended(false);
      return;
    }
    boolean isEmpty = answer.status() == 204;
    Buffer body = isEmpty ? Buffer.buffer() : answer.body().toBuffer();
    response
        .setStatusCode(answer.status())
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    if (isEmpty) {
      response.headers().remove(HttpHeaders.CONTENT_TYPE);
    } else {
      response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length()));
    }
    answer.headers().forEach(response::putHeader);
    if (!request.isEnded() && hasBody()) {
      HangUp.after(request);
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

  /** Counts and logs what was answered; for answers that were not {@link #send sent} here. */
  public void ended(boolean whole) {
    HttpServerResponse response = request.response();
    Duration took = Duration.ofNanos(System.nanoTime() - started);
    metrics.requestEnded(
        operation, response.getStatusCode(), "none", response.bytesWritten(), took);
    if (lines && LOG.isInfoEnabled()) {
      LOG.atInfo()
          .addKeyValue("client", request.remoteAddress().hostAddress())
          .addKeyValue("principal", name)
          .addKeyValue("outcome", outcome(whole))
          .addKeyValue("bytes", response.bytesWritten())
          .addKeyValue("ms", took.toMillis())
          .log("{} {} {}", isKnown() ? request.method() : "-", operation, response.getStatusCode());
    }
  }

  private String outcome(boolean whole) {
    if (!whole) {
      return "cut";
    }
    return request.response().getStatusCode() < FIRST_REFUSAL ? "answered" : "refused";
  }

  /** A method may be any word that a client made up. */
  private boolean isKnown() {
    return HttpMethod.values().contains(request.method());
  }
}

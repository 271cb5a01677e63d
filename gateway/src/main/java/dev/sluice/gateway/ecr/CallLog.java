package dev.sluice.gateway.ecr;

import dev.sluice.gateway.GatewayMetrics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One line and one count for each request; nothing that a client sent gets into either. */
final class CallLog {

  private static final Logger LOG = LoggerFactory.getLogger("sluice.requests");

  private final GatewayMetrics metrics;
  private final boolean lines;

  CallLog(GatewayMetrics metrics, boolean lines) {
    this.metrics = metrics;
    this.lines = lines;
  }

  /**
   * @param whole whether the answer was sent to its end
   */
  void ended(EcrExchange exchange, boolean whole) {
    var took = exchange.took();
    var response = exchange.request().response();
    metrics.requestEnded(
        exchange.operation(), response.getStatusCode(), "none", response.bytesWritten(), took);
    if (lines && LOG.isInfoEnabled()) {
      LOG.atInfo()
          .addKeyValue("client", exchange.request().remoteAddress().hostAddress())
          .addKeyValue("principal", exchange.keyId())
          .addKeyValue("outcome", outcome(exchange, whole))
          .addKeyValue("bytes", response.bytesWritten())
          .addKeyValue("ms", took.toMillis())
          .addKeyValue("request", exchange.requestId())
          .log("POST / {} {}", exchange.operation(), response.getStatusCode());
    }
  }

  /** In a word: the type of the error, where there was one. */
  private static String outcome(EcrExchange exchange, boolean whole) {
    if (!whole) {
      return "cut";
    }
    return exchange.error().equals("-") ? "answered" : exchange.error();
  }
}

package dev.sluice.gateway.registry;

import dev.sluice.gateway.GatewayMetrics;
import dev.sluice.gateway.Pull;
import dev.sluice.gateway.access.LayerTickets;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One line and one count for each request. Headers never get into either. */
final class RequestLog {

  private static final Logger LOG = LoggerFactory.getLogger("sluice.requests");

  private static final int LONGEST_URI = 512;

  private final GatewayMetrics metrics;
  private final boolean lines;
  private final Clock clock;

  RequestLog(GatewayMetrics metrics, Clock clock, boolean lines) {
    this.metrics = metrics;
    this.clock = clock;
    this.lines = lines;
  }

  /**
   * @param whole whether the answer was sent to its end
   */
  void ended(Exchange exchange, boolean whole) {
    var took = exchange.took();
    int status = exchange.response().getStatusCode();
    long bytes = exchange.bytesSent(whole);
    metrics.requestEnded(exchange.operation(), status, exchange.cache(), bytes, took);
    Pull pull = exchange.pull(clock.millis(), bytes, took.toNanos());
    if (pull != null) {
      metrics.pullEnded(pull);
    }
    if (lines && LOG.isInfoEnabled()) {
      LOG.info(
          "{} {} {} {} {}B {}ms {}{}",
          exchange.request().remoteAddress().hostAddress(),
          exchange.request().method(),
          printable(exchange.request().uri()),
          status,
          bytes,
          took.toMillis(),
          exchange.cache(),
          whole ? "" : " cut");
    }
  }

  /** What a client asked for, fit for one line of a log; what is no path may hold a password. */
  static String printable(String uri) {
    if (!uri.startsWith("/")) {
      return "-";
    }
    StringBuilder safe = new StringBuilder();
    withoutTicket(uri)
        .chars()
        .limit(LONGEST_URI)
        .forEach(c -> safe.append(c > ' ' && c < 0x7f && c != '\\' ? (char) c : '?'));
    return safe.toString();
  }

  /** A ticket is a login for five minutes, also where its name or value is escaped. */
  private static String withoutTicket(String uri) {
    int query = uri.indexOf('?');
    boolean mayHoldTicket =
        query >= 0
            && (uri.lastIndexOf("/blobs/", query) >= 0
                || uri.indexOf(LayerTickets.PARAMETER, query) >= 0);
    return mayHoldTicket ? uri.substring(0, query) + "?..." : uri;
  }
}

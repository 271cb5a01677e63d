package dev.sluice.gateway.registry;

import dev.sluice.fetcher.Span;
import dev.sluice.gateway.GatewayMetrics;
import dev.sluice.gateway.Pull;
import dev.sluice.gateway.access.LayerTickets;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.time.Clock;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One line, one count and the end of one span for each request. Headers never get into any. */
final class RequestLog {

  private static final Logger LOG = LoggerFactory.getLogger("sluice.requests");

  private static final int LONGEST_URI = 512;
  private static final int FIRST_REFUSAL = 400;
  private static final int FIRST_FAILURE = 500;

  private final GatewayMetrics metrics;
  private final RegistryEdge.Telling telling;
  private final Clock clock;

  /** How a request ended. */
  private record End(Exchange exchange, int status, long bytes, long nanos, boolean whole) {

    /** In a word: where content came from, or why there was none. */
    String outcome() {
      if (!whole) {
        return "cut";
      }
      boolean isContent = !exchange.cache().equals("none");
      return isContent ? exchange.cache() : status < FIRST_REFUSAL ? "answered" : "refused";
    }
  }

  RequestLog(GatewayMetrics metrics, Clock clock, RegistryEdge.Telling telling) {
    this.metrics = metrics;
    this.clock = clock;
    this.telling = telling;
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
    End end = new End(exchange, status, bytes, took.toNanos(), whole);
    if (telling.lines() && LOG.isInfoEnabled()) {
      write(end);
    }
    if (exchange.span() != Span.NONE) {
      close(end);
    }
  }

  private void write(End end) {
    Exchange exchange = end.exchange;
    HttpServerRequest request = exchange.request();
    var line =
        LOG.atInfo()
            .addKeyValue("client", request.remoteAddress().hostAddress())
            .addKeyValue("principal", exchange.principal())
            .addKeyValue("rule", rule(exchange).orElse("-"))
            .addKeyValue("outcome", end.outcome())
            .addKeyValue("bytes", end.bytes)
            .addKeyValue("ms", end.nanos / 1_000_000)
            .addKeyValue("request", exchange.id());
    if (!exchange.span().traceId().isEmpty()) {
      line = line.addKeyValue("trace", exchange.span().traceId());
    }
    String byName = exchange.pathByName();
    if (byName != null) {
      line = line.addKeyValue("came", printable(request.uri()));
    }
    line.log(
        "{} {} {}",
        method(request.method()),
        printable(byName == null ? request.uri() : byName),
        end.status);
  }

  /** A method may be any word that a client made up, of any length. */
  static String method(HttpMethod method) {
    return HttpMethod.values().contains(method) ? method.name() : "-";
  }

  private void close(End end) {
    Exchange exchange = end.exchange;
    HttpServerRequest request = exchange.request();
    Span span =
        exchange
            .span()
            .note("http.request.method", method(request.method()))
            .note("url.path", printable(request.path()))
            .note("http.response.status_code", end.status)
            .note("http.response.body.size", end.bytes)
            .note("client.address", request.remoteAddress().hostAddress())
            .note("sluice.principal", exchange.principal())
            .note("sluice.rule", rule(exchange).orElse("-"))
            .note("sluice.outcome", end.outcome())
            .note("sluice.request", exchange.id());
    if (!end.whole || end.status >= FIRST_FAILURE) {
      span.failed(end.whole ? "status " + end.status : "cut");
    }
    span.end();
  }

  private Optional<String> rule(Exchange exchange) {
    return Optional.ofNullable(exchange.asked())
        .map(PullRequest::repository)
        .flatMap(telling.ruleOf());
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

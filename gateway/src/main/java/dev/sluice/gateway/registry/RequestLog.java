package dev.sluice.gateway.registry;

import dev.sluice.fetcher.Span;
import dev.sluice.gateway.GatewayMetrics;
import dev.sluice.gateway.Pull;
import dev.sluice.gateway.RequestLine;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.time.Clock;
import java.util.Optional;
import java.util.regex.Pattern;

/** One line, one count and the end of one span for each request. Headers never get into any. */
final class RequestLog {

  private static final int LONGEST_URI = 512;

  private static final Pattern KNOWN = Pattern.compile("((n|last|ns|artifactType)=[^&;]*(&|$))*");
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
      boolean isContent = !exchange.notes().cache().equals(RequestNotes.NO_CONTENT);
      return isContent ? exchange.notes().cache() : status < FIRST_REFUSAL ? "answered" : "refused";
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
    var took = exchange.notes().took();
    int status = exchange.response().getStatusCode();
    long bytes = exchange.notes().bytesSent(whole);
    metrics.requestEnded(
        exchange.notes().operation(), status, exchange.notes().cache(), bytes, took);
    long now = clock.millis();
    Pull pull = exchange.notes().pull(now, bytes, took.toNanos());
    if (pull != null) {
      metrics.pullEnded(pull);
    }
    End end = new End(exchange, status, bytes, took.toNanos(), whole);
    if (telling.lines() != RequestLine.Taker.NONE) {
      telling.lines().take(line(end, now));
    }
    if (exchange.notes().span() != Span.NONE) {
      close(end);
    }
  }

  private RequestLine line(End end, long now) {
    Exchange exchange = end.exchange;
    HttpServerRequest request = exchange.request();
    String asCame = printable(request.uri());
    String byName = exchange.notes().pathByName();
    return new RequestLine(
        now,
        method(request.method()),
        byName == null ? asCame : printable(byName),
        end.status,
        request.remoteAddress().hostAddress(),
        exchange.notes().principal(),
        rule(exchange).orElse("-"),
        end.outcome(),
        end.bytes,
        end.nanos / 1_000_000,
        exchange.notes().id(),
        exchange.notes().span().traceId(),
        byName == null ? "" : asCame);
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
            .notes()
            .span()
            .note("http.request.method", method(request.method()))
            .note("url.path", printable(request.path()))
            .note("http.response.status_code", end.status)
            .note("http.response.body.size", end.bytes)
            .note("client.address", request.remoteAddress().hostAddress())
            .note("sluice.principal", exchange.notes().principal())
            .note("sluice.rule", rule(exchange).orElse("-"))
            .note("sluice.outcome", end.outcome())
            .note("sluice.request", exchange.notes().id());
    if (!end.whole || end.status >= FIRST_FAILURE) {
      span.failed(end.whole ? "status " + end.status : "cut");
    }
    span.end();
  }

  private Optional<String> rule(Exchange exchange) {
    return Optional.ofNullable(exchange.notes().asked())
        .map(PullRequest::repository)
        .flatMap(telling.ruleOf());
  }

  /** What a client asked for, fit for one line of a log; what is no path may hold a password. */
  static String printable(String uri) {
    if (!uri.startsWith("/")) {
      return "-";
    }
    String shown = withoutSecrets(uri);
    return isPlain(shown) ? shown : escaped(shown);
  }

  private static boolean isPlain(String uri) {
    int length = uri.length();
    if (length > LONGEST_URI) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (!isPlain(uri.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isPlain(int c) {
    return c > ' ' && c < 0x7f && c != '\\';
  }

  private static String escaped(String uri) {
    StringBuilder safe = new StringBuilder();
    uri.chars().limit(LONGEST_URI).forEach(c -> safe.append(isPlain(c) ? (char) c : '?'));
    return safe.toString();
  }

  /**
   * Of a query only parameters that this registry knows are shown: others may be a login, such as
   * the ticket of a blob, also where its name is escaped.
   */
  private static String withoutSecrets(String uri) {
    int query = uri.indexOf('?');
    return query < 0 || KNOWN.matcher(uri.substring(query + 1)).matches()
        ? uri
        : uri.substring(0, query) + "?...";
  }
}

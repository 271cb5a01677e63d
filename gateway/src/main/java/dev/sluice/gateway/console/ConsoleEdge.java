package dev.sluice.gateway.console;

import dev.sluice.gateway.GatewayMetrics;
import dev.sluice.gateway.access.AdminAccess;
import dev.sluice.gateway.access.Visitor;
import dev.sluice.gateway.api.ApiAnswer;
import dev.sluice.gateway.api.ApiExchange;
import dev.sluice.gateway.api.ApiRefusals;
import dev.sluice.gateway.api.JsonBody;
import dev.sluice.gateway.ecr.EcrEdge;
import dev.sluice.gateway.ecr.Registry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the console's data is asked for, and where it does what it does: below {@code /api/v1/},
 * beside the warm-ups. Shared by all event loops.
 */
public final class ConsoleEdge {

  private static final Logger LOG = LoggerFactory.getLogger(ConsoleEdge.class);

  private static final String ROOT = "/api/v1/";
  private static final String ECR = ROOT + "ecr/";
  private static final String EVENTS = "events";

  /** What follows {@link #ROOT}, up to the next slash. */
  private static final Set<String> OWN =
      Set.of("session", "overview", EVENTS, "activity", "repositories", "upstreams", "ecr");

  static final ApiAnswer NOT_JSON =
      ApiAnswer.error(415, "NOT_JSON", "send the request as Content-Type: application/json");
  private static final ApiAnswer UNKNOWN_PATH =
      ApiAnswer.error(404, "NOT_FOUND", "there is nothing here");
  private static final ApiAnswer TOO_MANY_LISTENERS =
      ApiAnswer.error(503, "BUSY", "too many browsers listen to this node already")
          .with("Retry-After", "10");

  private final Parts parts;
  private final SessionDesk sessions;
  private final Events events;
  private final DataDesk data;

  /**
   * What the edge stands on.
   *
   * @param logRequests whether each request gets a line in the log
   */
  public record Parts(
      Vertx vertx,
      Clock clock,
      AdminAccess access,
      Registry registry,
      Gathering gathering,
      RepositoryDesk repositories,
      EcrEdge ecr,
      GatewayMetrics metrics,
      boolean logRequests) {}

  public ConsoleEdge(Parts parts) {
    this.parts = parts;
    sessions = new SessionDesk(parts.access, parts.registry, parts.gathering.own());
    events = new Events(parts.vertx, parts.gathering, parts.access, parts.clock);
    data = new DataDesk(parts.gathering, parts.repositories, parts.clock);
  }

  /** Whether a path is answered here. */
  public static boolean has(String path) {
    if (!path.startsWith(ROOT)) {
      return false;
    }
    int end = path.indexOf('/', ROOT.length());
    return OWN.contains(path.substring(ROOT.length(), end < 0 ? path.length() : end));
  }

  /** Answers a request, whatever it is; no failure of ours leaves a client hanging. */
  public void handle(HttpServerRequest request) {
    // Whether its body is wanted is not known before its login is.
    request.pause();
    String operation = request.path().equals(ROOT + EVENTS) ? "events" : "console";
    ApiExchange exchange = new ApiExchange(request, operation, parts.metrics, parts.logRequests);
    Future<Optional<ApiAnswer>> answer;
    try {
      answer = answer(exchange);
    } catch (RuntimeException bug) {
      answer = Future.failedFuture(bug);
    }
    answer
        .otherwise(
            failure -> {
              LOG.error("cannot answer a request of the console", failure);
              return Optional.of(ApiRefusals.bug());
            })
        .onSuccess(given -> given.ifPresent(exchange::send));
  }

  /** The answer; empty where it is given elsewhere. */
  private Future<Optional<ApiAnswer>> answer(ApiExchange exchange) {
    HttpServerRequest request = exchange.request();
    boolean isSession = request.path().equals(ROOT + "session");
    if (isSession && request.method().equals(HttpMethod.POST)) {
      return sessions.begin(request).map(Optional::of);
    }
    if (isSession && request.method().equals(HttpMethod.DELETE)) {
      return Future.succeededFuture(Optional.of(sessions.end(request)));
    }
    return parts.access.visitor(request).compose(verdict -> judged(exchange, verdict));
  }

  private Future<Optional<ApiAnswer>> judged(ApiExchange exchange, AdminAccess.Verdict verdict) {
    if (!(verdict instanceof AdminAccess.Admitted(var who))) {
      return Future.succeededFuture(Optional.of(ApiRefusals.of(verdict, "")));
    }
    exchange.by(who.name());
    HttpServerRequest request = exchange.request();
    if (request.path().startsWith(ECR)) {
      return ecr(request, who);
    }
    return request.path().equals(ROOT + EVENTS)
        ? Future.succeededFuture(events(exchange, who))
        : data(request, who).map(Optional::of);
  }

  private Future<Optional<ApiAnswer>> ecr(HttpServerRequest request, Visitor who) {
    if (!request.method().equals(HttpMethod.POST)) {
      return Future.succeededFuture(Optional.of(DataDesk.notAllowed("POST")));
    }
    if (!JsonBody.isDeclared(request)) {
      return Future.succeededFuture(Optional.of(NOT_JSON));
    }
    parts.ecr.handle(request, request.path().substring(ECR.length()), who);
    return Future.succeededFuture(Optional.empty());
  }

  private Optional<ApiAnswer> events(ApiExchange exchange, Visitor who) {
    if (!exchange.request().method().equals(HttpMethod.GET)) {
      return Optional.of(DataDesk.notAllowed("GET"));
    }
    return events.begin(exchange, who) ? Optional.empty() : Optional.of(TOO_MANY_LISTENERS);
  }

  private Future<ApiAnswer> data(HttpServerRequest request, Visitor who) {
    String path = request.path().substring(ROOT.length());
    if (path.startsWith("repositories/") && request.method().equals(HttpMethod.POST)) {
      return data.act(request, path.substring("repositories/".length()), who);
    }
    if (!request.method().equals(HttpMethod.GET) && !request.method().equals(HttpMethod.HEAD)) {
      return Future.succeededFuture(DataDesk.notAllowed("GET"));
    }
    return switch (path) {
      case "session" -> Future.succeededFuture(sessions.show(who));
      case "overview" -> data.overview(who);
      case "activity" -> data.activity(request, who);
      case "upstreams" -> Future.succeededFuture(ApiAnswer.of(200, KnownUpstreams.json()));
      case "repositories" -> data.repositories(request, who);
      default ->
          path.startsWith("repositories/")
              ? data.repository(path.substring("repositories/".length()), who)
              : Future.succeededFuture(UNKNOWN_PATH);
    };
  }

  /** Ends what would go on for ever; the node is about to end. */
  public void close() {
    events.close();
  }
}

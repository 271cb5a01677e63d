package dev.sluice.gateway.warmup;

import dev.sluice.fetcher.WarmUp;
import dev.sluice.fetcher.WarmUpAnswer;
import dev.sluice.fetcher.WarmUps;
import dev.sluice.gateway.GatewayMetrics;
import dev.sluice.gateway.access.AdminAccess;
import dev.sluice.gateway.api.ApiAnswer;
import dev.sluice.gateway.api.ApiExchange;
import dev.sluice.gateway.api.ApiRefusals;
import dev.sluice.gateway.api.JsonBody;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where requests below {@code /api/} enter: parsed once, let in or not, and answered as JSON.
 * Shared by all event loops.
 */
public final class WarmUpEdge {

  /** What all paths that are answered here begin with. */
  public static final String ROOT = "/api/";

  private static final Logger LOG = LoggerFactory.getLogger(WarmUpEdge.class);

  private static final String PATH = "/api/v1/warm-ups";

  /** 4 MiB: 10 000 images whose names are as long as they may be. */
  static final int LARGEST = 4 << 20;

  /** Bodies that are read at once, of administrators only. */
  private static final int BODIES = 4;

  private static final ApiAnswer NOT_JSON =
      ApiAnswer.error(415, "NOT_JSON", "send the request as Content-Type: application/json");
  private static final ApiAnswer BUSY =
      ApiAnswer.error(503, "BUSY", "too many requests at once; send this one again")
          .with("Retry-After", "1");
  private static final ApiAnswer TOO_MANY =
      ApiAnswer.error(
              429,
              "TOO_MANY",
              WarmUps.MOST_RUNNING
                  + " warm-ups are under way; wait for the end of one or delete it")
          .with("Retry-After", "60");
  private static final ApiAnswer UNKNOWN_ID =
      ApiAnswer.error(
          404,
          "NOT_FOUND",
          "there is no such warm-up; each belongs to the node that was asked to begin it, and is lost"
              + " when that starts again: post it again, what is here already is skipped");
  private static final ApiAnswer UNKNOWN_PATH =
      ApiAnswer.error(404, "NOT_FOUND", "there is nothing here; see " + PATH);

  private final Parts parts;
  private final Semaphore bodies = new Semaphore(BODIES);

  /**
   * What the edge stands on.
   *
   * @param logRequests whether each request gets a line in the log
   */
  public record Parts(
      WarmUps warmUps, AdminAccess access, GatewayMetrics metrics, boolean logRequests) {}

  public WarmUpEdge(Parts parts) {
    this.parts = parts;
  }

  /** Answers a request, whatever it is; no failure of ours leaves a client hanging. */
  public void handle(HttpServerRequest request) {
    // Whether its body is wanted is not known before its login is.
    request.pause();
    ApiExchange exchange = new ApiExchange(request, "warm-ups", parts.metrics, parts.logRequests);
    Future<ApiAnswer> answer;
    try {
      answer = parts.access.judge(request).compose(verdict -> judged(exchange, verdict));
    } catch (RuntimeException bug) {
      answer = Future.failedFuture(bug);
    }
    answer
        .otherwise(
            failure -> {
              LOG.error("cannot answer a request of the API", failure);
              return ApiRefusals.bug();
            })
        .onSuccess(exchange::send);
  }

  private Future<ApiAnswer> judged(ApiExchange exchange, AdminAccess.Verdict verdict) {
    if (!(verdict instanceof AdminAccess.Admitted(var who))) {
      boolean isPage = AdminAccess.isOfPage(exchange.request());
      return Future.succeededFuture(
          ApiRefusals.of(verdict, isPage ? "" : parts.access.challenge()));
    }
    exchange.by(who.name());
    return route(exchange.request());
  }

  private Future<ApiAnswer> route(HttpServerRequest request) {
    String path = request.path();
    if (path.equals(PATH)) {
      return collection(request);
    }
    return path.startsWith(PATH + '/')
        ? member(request, path.substring(PATH.length() + 1))
        : Future.succeededFuture(UNKNOWN_PATH);
  }

  private Future<ApiAnswer> collection(HttpServerRequest request) {
    if (request.method().equals(HttpMethod.GET)) {
      return parts.warmUps.all().map(all -> ApiAnswer.of(200, WarmUpView.all(all)));
    }
    if (!request.method().equals(HttpMethod.POST)) {
      return notAllowed("GET, POST");
    }
    if (!JsonBody.isDeclared(request)) {
      return Future.succeededFuture(NOT_JSON);
    }
    if (!bodies.tryAcquire()) {
      return Future.succeededFuture(BUSY);
    }
    return JsonBody.read(request, LARGEST).onComplete(_ -> bodies.release()).compose(this::begin);
  }

  private Future<ApiAnswer> begin(JsonBody body) {
    return switch (body) {
      case JsonBody.Unusable(var answer) -> Future.succeededFuture(answer);
      case JsonBody.Whole(var bytes) ->
          switch (RequestReader.read(bytes)) {
            case RequestReader.Wrong(var mistakes) ->
                Future.succeededFuture(ApiAnswer.errors(400, "INVALID", mistakes));
            case RequestReader.Read(var asked) -> parts.warmUps.begin(asked).map(WarmUpEdge::begun);
          };
    };
  }

  private static ApiAnswer begun(WarmUpAnswer answer) {
    return switch (answer) {
      case WarmUpAnswer.Begun(var warmUp) ->
          ApiAnswer.of(202, WarmUpView.whole(warmUp)).with("Location", PATH + '/' + warmUp.id());
      case WarmUpAnswer.Invalid(var mistakes) -> ApiAnswer.errors(400, "INVALID", mistakes);
      case WarmUpAnswer.TooMany() -> TOO_MANY;
    };
  }

  private Future<ApiAnswer> member(HttpServerRequest request, String id) {
    if (request.method().equals(HttpMethod.GET)) {
      return parts.warmUps.find(id).map(WarmUpEdge::shown);
    }
    return request.method().equals(HttpMethod.DELETE)
        ? parts.warmUps.cancel(id).map(WarmUpEdge::shown)
        : notAllowed("GET, DELETE");
  }

  private static ApiAnswer shown(Optional<WarmUp> found) {
    return found.map(warmUp -> ApiAnswer.of(200, WarmUpView.whole(warmUp))).orElse(UNKNOWN_ID);
  }

  private static Future<ApiAnswer> notAllowed(String allowed) {
    return Future.succeededFuture(
        ApiAnswer.error(405, "NOT_ALLOWED", "allowed here: " + allowed).with("Allow", allowed));
  }
}

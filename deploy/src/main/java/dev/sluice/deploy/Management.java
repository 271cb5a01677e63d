package dev.sluice.deploy;

import dev.sluice.deploy.Health.Check;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The management port: metrics, health and log levels, for machines of the house only. */
final class Management {

  private static final String METRICS = "text/plain; version=0.0.4; charset=utf-8";
  static final String JSON = "application/json";

  private static final String PATHS =
      "{\"paths\":[\"/metrics\",\"/health/live\",\"/health/ready\",\"/log\"]}";

  private static final Logger LOG = LoggerFactory.getLogger(Management.class);

  private final Vertx vertx;
  private final HttpServer server;
  private final Supplier<String> metrics;
  private final Supplier<List<Check>> health;
  private final LogPath log;

  Management(Vertx vertx, Supplier<String> metrics, Supplier<List<Check>> health, LogPath log) {
    this.vertx = vertx;
    this.metrics = metrics;
    this.health = health;
    this.log = log;
    this.server =
        vertx
            .createHttpServer(
                new HttpServerOptions().setIdleTimeout(60).setHttp2ClearTextEnabled(false))
            .requestHandler(this::handle);
  }

  Future<HttpServer> listen(String host, int port) {
    return server.listen(port, host);
  }

  private void handle(HttpServerRequest request) {
    switch (request.path()) {
      case "/metrics" -> metrics(request);
      case "/health/live" -> answer(request, 200, JSON, "{\"status\":\"live\"}");
      case "/health/ready" -> {
        List<Check> checks = health.get();
        boolean isReady = Health.isReady(checks);
        answer(request, isReady ? 200 : 503, JSON, report(isReady, checks));
      }
      case String path when LogPath.covers(path) -> log.handle(request);
      case null, default -> answer(request, 404, JSON, PATHS);
    }
  }

  /** Off the event loop, which has clients to serve: it is a long text. */
  private void metrics(HttpServerRequest request) {
    vertx
        .executeBlocking(metrics::get)
        .onSuccess(text -> answer(request, 200, METRICS, text))
        .onFailure(
            failure -> {
              LOG.error("cannot show metrics", failure);
              answer(request, 500, JSON, "{}");
            });
  }

  /** In the order of the checks, so that what is wrong is read first. */
  private static String report(boolean isReady, List<Check> checks) {
    JsonArray each = new JsonArray();
    checks.forEach(
        check ->
            each.add(
                new JsonObject()
                    .put("name", check.name())
                    .put("ok", check.ok())
                    .put("detail", check.detail())));
    return new JsonObject()
        .put("status", isReady ? "ready" : "not ready")
        .put("checks", each)
        .encode();
  }

  static void answer(HttpServerRequest request, int status, String type, String body) {
    request.response().setStatusCode(status).putHeader("Content-Type", type).end(body);
  }

  Future<Void> close() {
    return server.close();
  }
}

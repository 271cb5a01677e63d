package dev.sluice.deploy;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import java.util.function.Supplier;

/** The management port: metrics and health, for machines of the house only. */
final class Management {

  private static final String METRICS = "text/plain; version=0.0.4; charset=utf-8";
  private static final String JSON = "application/json";

  private final HttpServer server;
  private final Supplier<String> metrics;
  private final Supplier<Optional<String>> notReady;

  Management(Vertx vertx, Supplier<String> metrics, Supplier<Optional<String>> notReady) {
    this.metrics = metrics;
    this.notReady = notReady;
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
      case "/metrics" -> answer(request, 200, METRICS, metrics.get());
      case "/health/live" -> answer(request, 200, JSON, status("live"));
      case "/health/ready" -> {
        Optional<String> why = notReady.get();
        answer(request, why.isPresent() ? 503 : 200, JSON, status(why.orElse("ready")));
      }
      case null, default ->
          answer(
              request, 404, JSON, "{\"paths\":[\"/metrics\",\"/health/live\",\"/health/ready\"]}");
    }
  }

  private static String status(String word) {
    return "{\"status\":\"" + word + "\"}";
  }

  private static void answer(HttpServerRequest request, int status, String type, String body) {
    request.response().setStatusCode(status).putHeader("Content-Type", type).end(body);
  }

  Future<Void> close() {
    return server.close();
  }
}

package dev.sluice.deploy;

import dev.sluice.deploy.logging.LevelLimits.Refusal;
import dev.sluice.deploy.logging.Levels;
import dev.sluice.deploy.logging.LogLevel;
import dev.sluice.gateway.api.JsonBody;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The path {@code /log} of the management port: how much each logger says, and changes of that. A
 * change is a PUT, which no page of another site can send unasked (Fetch, "CORS"); one whose site
 * has taken this address could, and is known by its {@code Origin}.
 */
final class LogPath {

  private static final String PATH = "/log";
  private static final String BELOW = PATH + '/';

  /** The body is one word. */
  private static final int LARGEST_BODY = 64;

  /** In place of a level: the one that the logger had when the node started. */
  private static final String DEFAULT = "default";

  private static final String FROM_ELSEWHERE =
      "levels are changed from a loopback address of the node's machine or container only, such as"
          + " by curl on it or by kubectl port-forward; this came from ";

  private final Levels levels;
  private final Predicate<String> mayChange;

  /**
   * @param mayChange whether a client may change something, by the address of its end of the
   *     connection
   */
  LogPath(Levels levels, Predicate<String> mayChange) {
    this.levels = levels;
    this.mayChange = mayChange;
  }

  /** Whether this is the path, or one below it. */
  static boolean covers(String path) {
    return path.equals(PATH) || path.startsWith(BELOW);
  }

  void handle(HttpServerRequest request) {
    boolean isList = request.path().equals(PATH);
    List<HttpMethod> allowed =
        isList ? List.of(HttpMethod.GET, HttpMethod.HEAD) : List.of(HttpMethod.PUT);
    if (!allowed.contains(request.method())) {
      String methods = allowed.stream().map(HttpMethod::name).collect(Collectors.joining(", "));
      request.response().putHeader(HttpHeaders.ALLOW, methods);
      refuse(request, 405, "allowed here: " + methods);
    } else if (isList) {
      list(request);
    } else {
      change(request, request.path().substring(BELOW.length()));
    }
  }

  private void list(HttpServerRequest request) {
    JsonObject answer =
        new JsonObject()
            .put("levels", new JsonObject(new LinkedHashMap<>(levels.own())))
            .put("changed", new JsonArray(List.copyOf(levels.changed())));
    Management.answer(request, 200, Management.JSON, answer.encode());
  }

  private void change(HttpServerRequest request, String logger) {
    String client = request.remoteAddress().hostAddress();
    if (!mayChange.test(client)) {
      refuse(request, 403, FROM_ELSEWHERE + client);
      return;
    }
    if (request.headers().contains(HttpHeaders.ORIGIN)) {
      refuse(request, 403, "a page must not change levels; no other client sends an Origin");
      return;
    }
    JsonBody.read(request, LARGEST_BODY)
        .onSuccess(
            body -> {
              switch (body) {
                case JsonBody.Whole(var bytes) -> change(request, logger, bytes);
                case JsonBody.Unusable(var answer) -> {
                  // Nobody reads what may still come.
                  request.response().putHeader(HttpHeaders.CONNECTION, "close");
                  refuse(request, answer.status(), "the body is to be one of " + words());
                }
              }
            });
  }

  private void change(HttpServerRequest request, String logger, Buffer body) {
    String word = body.toString(StandardCharsets.UTF_8).strip();
    Optional<LogLevel> level = LogLevel.parse(word);
    if (level.isEmpty() && !word.equals(DEFAULT)) {
      refuse(request, 400, "the body is no level; allowed: " + words());
      return;
    }
    Optional<Refusal> refusal =
        level.isPresent() ? levels.set(logger, level.get()) : levels.reset(logger);
    refusal.ifPresentOrElse(
        no -> refuse(request, 400, logger + ' ' + no.what() + "; allowed: " + no.allowed()),
        () -> list(request));
  }

  private static String words() {
    return LogLevel.words() + ", " + DEFAULT;
  }

  private static void refuse(HttpServerRequest request, int status, String why) {
    String body = new JsonObject().put("error", why).encode();
    Management.answer(request, status, Management.JSON, body);
  }
}

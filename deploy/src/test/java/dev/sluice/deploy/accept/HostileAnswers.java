package dev.sluice.deploy.accept;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Base64;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A node's answers on their way to a page, to each text of which markup is added that would run a
 * script: what a registry could name its content, were there no grammars before it.
 */
final class HostileAnswers {
  /** What is added. */
  static final String NAME = "<img src=x onerror=alert(1)>";

  /** Texts that are no words for people: times, and what a page goes on asking with. */
  private static final Set<String> KEPT =
      Set.of("publicUrl", "at", "next", "nextToken", "digest", "state");

  private static final String EVENTS = "*/api/v1/events";

  private HostileAnswers() {}

  /** Has them come to this page from now on, and one event of each kind over and over again. */
  static void into(BrowserTab tab, ConsoleClient console) throws Exception {
    JsonArray patterns = new JsonArray().add(pattern(EVENTS, "Request"));
    Stream.of("repositories*", "activity*", "ecr/*", "upstreams", "warm-ups")
        .forEach(path -> patterns.add(pattern("*/api/v1/" + path, "Response")));
    String events = events(console);
    tab.on(
        "Fetch.requestPaused",
        paused -> {
          String id = paused.getString("requestId");
          if (paused.getJsonObject("request").getString("url").endsWith(EVENTS.substring(1))) {
            tell(tab, id, events);
          } else {
            answer(tab, id);
          }
        });
    tab.call("Fetch.enable", new JsonObject().put("patterns", patterns));
  }

  private static JsonObject pattern(String url, String stage) {
    return new JsonObject().put("urlPattern", url).put("requestStage", stage);
  }

  /** What the node tells now, were a fill under way. */
  private static String events(ConsoleClient console) throws Exception {
    JsonObject overview = console.json("/api/v1/overview");
    JsonObject pulls = console.json("/api/v1/activity");
    JsonObject last = pulls.getJsonArray("pulls").getJsonObject(0);
    JsonObject fill =
        new JsonObject()
            .put("node", last.getString("node"))
            .put("digest", "sha256:" + "0".repeat(64))
            .put("rule", last.getString("rule"))
            .put("repository", last.getString("repository"))
            .put("bytes", 1)
            .put("seconds", 1)
            .put("waiters", 1);
    overview.getJsonArray("fills").add(fill);
    return "event: overview\ndata: %s\n\nevent: pulls\ndata: %s\n\n"
        .formatted(hostile("", overview), hostile("", pulls.getJsonArray("pulls")));
  }

  private static void tell(BrowserTab tab, String id, String events) {
    JsonArray headers =
        new JsonArray()
            .add(new JsonObject().put("name", "Content-Type").put("value", "text/event-stream"));
    var _ =
        tab.send(
            "Fetch.fulfillRequest",
            fulfilled(new JsonObject().put("requestId", id), events)
                .put("responseHeaders", headers));
  }

  private static void answer(BrowserTab tab, String id) {
    JsonObject request = new JsonObject().put("requestId", id);
    var _ =
        tab.send("Fetch.getResponseBody", request)
            .thenApply(body -> hostile("", new JsonObject(text(body))).toString())
            .thenCompose(body -> tab.send("Fetch.fulfillRequest", fulfilled(request, body)));
  }

  private static String text(JsonObject body) {
    String text = body.getString("body");
    return body.getBoolean("base64Encoded")
        ? new String(Base64.getDecoder().decode(text), UTF_8)
        : text;
  }

  private static JsonObject fulfilled(JsonObject request, String body) {
    return request
        .copy()
        .put("responseCode", 200)
        .put("body", Base64.getEncoder().encodeToString(body.getBytes(UTF_8)));
  }

  private static Object hostile(String name, Object value) {
    if (value instanceof JsonObject object) {
      JsonObject changed = new JsonObject();
      object.forEach(
          member -> changed.put(member.getKey(), hostile(member.getKey(), member.getValue())));
      return changed;
    }
    if (value instanceof JsonArray array) {
      return new JsonArray(array.stream().map(item -> hostile(name, item)).toList());
    }
    boolean isKept = KEPT.contains(name) || name.endsWith("At");
    return value instanceof String text && !isKept ? text + NAME : value;
  }
}

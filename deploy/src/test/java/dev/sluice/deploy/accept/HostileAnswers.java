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

  private HostileAnswers() {}

  /** Has them come to this page from now on; only its stream of events stays as it is. */
  static void into(BrowserTab tab) throws Exception {
    JsonArray patterns = new JsonArray();
    Stream.of("repositories*", "activity*", "ecr/*", "upstreams", "warm-ups")
        .forEach(
            path ->
                patterns.add(
                    new JsonObject()
                        .put("urlPattern", "*/api/v1/" + path)
                        .put("requestStage", "Response")));
    tab.on("Fetch.requestPaused", paused -> answer(tab, paused.getString("requestId")));
    tab.call("Fetch.enable", new JsonObject().put("patterns", patterns));
  }

  private static void answer(BrowserTab tab, String id) {
    JsonObject request = new JsonObject().put("requestId", id);
    var _ =
        tab.send("Fetch.getResponseBody", request)
            .thenCompose(body -> tab.send("Fetch.fulfillRequest", fulfilled(request, text(body))));
  }

  private static String text(JsonObject body) {
    String text = body.getString("body");
    return body.getBoolean("base64Encoded")
        ? new String(Base64.getDecoder().decode(text), UTF_8)
        : text;
  }

  private static JsonObject fulfilled(JsonObject request, String body) {
    String hostile = ((JsonObject) hostile("", new JsonObject(body))).encode();
    return request
        .copy()
        .put("responseCode", 200)
        .put("body", Base64.getEncoder().encodeToString(hostile.getBytes(UTF_8)));
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

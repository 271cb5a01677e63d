package dev.sluice.deploy.accept;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * A tab of a browser, as its developer tools see it. Scripts that fail, dialogs that a script
 * opens, and what the page's policy has blocked are noted.
 */
final class BrowserTab {
  /** Where the build keeps pictures of pages. */
  private static final Path SCREENSHOTS = Path.of("target", "screenshots");

  private static final JsonObject NONE = new JsonObject();

  private final DevTools tools;
  private final String session;
  private final List<String> troubles = new CopyOnWriteArrayList<>();
  private final Map<String, Consumer<JsonObject>> listeners = new ConcurrentHashMap<>();

  BrowserTab(DevTools tools, String session) throws Exception {
    this.tools = tools;
    this.session = session;
    tools.listen(session, this::note);
    for (String domain : List.of("Page", "Runtime", "Log", "DOM", "Accessibility", "Network")) {
      call(domain + ".enable", NONE);
    }
  }

  JsonObject call(String method, JsonObject params) throws Exception {
    return tools.call(method, params, session);
  }

  /** Calls a method whose result is not waited for. */
  CompletableFuture<JsonObject> send(String method, JsonObject params) {
    return tools.send(method, params, session);
  }

  /** Has events of a kind told, on a thread that must not wait for the browser. */
  void on(String event, Consumer<JsonObject> listener) {
    listeners.put(event, listener);
  }

  /** The value of an expression, which has to be one of JSON. */
  Object evaluate(String expression) throws Exception {
    JsonObject result =
        call(
            "Runtime.evaluate",
            new JsonObject().put("expression", expression).put("returnByValue", true));
    assertThat(result.containsKey("exceptionDetails")).as(result.encode()).isFalse();
    return result.getJsonObject("result").getValue("value");
  }

  /** Keeps a picture of all of the page under the build's output. */
  void screenshot(String name) throws Exception {
    JsonObject wanted = new JsonObject().put("format", "png").put("captureBeyondViewport", true);
    String png = call("Page.captureScreenshot", wanted).getString("data");
    Files.createDirectories(SCREENSHOTS);
    Files.write(SCREENSHOTS.resolve(name + ".png"), Base64.getDecoder().decode(png));
  }

  /** What went wrong in the page so far. */
  List<String> troubles() {
    return List.copyOf(troubles);
  }

  private void note(JsonObject event) {
    JsonObject params = event.getJsonObject("params");
    switch (event.getString("method")) {
      case "Page.javascriptDialogOpening" -> {
        troubles.add("a script opened a dialog: " + params.getString("message"));
        var _ = send("Page.handleJavaScriptDialog", new JsonObject().put("accept", false));
      }
      case "Runtime.exceptionThrown" -> troubles.add(params.encode());
      case "Log.entryAdded" -> noteEntry(params.getJsonObject("entry"));
      default -> listeners.getOrDefault(event.getString("method"), _ -> {}).accept(params);
    }
  }

  /** Answers such as 401 are logged by the browser, too, and are no trouble. */
  private void noteEntry(JsonObject entry) {
    if (entry.getString("level").equals("error") && !entry.getString("source").equals("network")) {
      troubles.add(entry.getString("text"));
    }
  }
}

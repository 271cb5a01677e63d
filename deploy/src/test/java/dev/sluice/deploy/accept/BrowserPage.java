package dev.sluice.deploy.accept;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/**
 * A page as somebody uses it: what is on it is found by the role and the name that a screen reader
 * tells, and used by real clicks and keys.
 */
final class BrowserPage {
  private static final Duration SOON = Duration.ofSeconds(20);

  private final BrowserTab tab;

  BrowserPage(BrowserTab tab) throws Exception {
    this.tab = tab;
    looksAs(1280, 860, "light");
  }

  BrowserTab tab() {
    return tab;
  }

  /** The window's size, and which colours its user prefers: {@code light} or {@code dark}. */
  void looksAs(int width, int height, String colours) throws Exception {
    tab.call(
        "Emulation.setDeviceMetricsOverride",
        new JsonObject()
            .put("width", width)
            .put("height", height)
            .put("deviceScaleFactor", 1)
            .put("mobile", width < 500));
    JsonObject preference =
        new JsonObject().put("name", "prefers-color-scheme").put("value", colours);
    tab.call(
        "Emulation.setEmulatedMedia",
        new JsonObject().put("features", new JsonArray().add(preference)));
  }

  void open(String url) throws Exception {
    tab.call("Page.navigate", new JsonObject().put("url", url));
  }

  /** Goes to one of the console's places, such as {@code /rules}. */
  void goTo(String place) throws Exception {
    tab.evaluate("location.hash = " + new JsonArray().add(place).encode() + "[0]");
  }

  /** Waits for something of this role and name. */
  BrowserElement find(String role, String name) throws Exception {
    var found = new CopyOnWriteArrayList<BrowserElement>();
    await(role + " \"" + name + "\"", () -> found.addAll(all(role, name).limit(1).toList()));
    return found.getFirst();
  }

  /** Whether there is something of this role and name now. */
  boolean has(String role, String name) throws Exception {
    return all(role, name).findAny().isPresent();
  }

  private Stream<BrowserElement> all(String role, String name) throws Exception {
    JsonObject root = tab.call("DOM.getDocument", new JsonObject().put("depth", 0));
    JsonObject query =
        new JsonObject()
            .put("nodeId", root.getJsonObject("root").getInteger("nodeId"))
            .put("accessibleName", name)
            .put("role", role);
    try {
      return tab.call("Accessibility.queryAXTree", query).getJsonArray("nodes").stream()
          .map(JsonObject.class::cast)
          .filter(node -> !node.getBoolean("ignored"))
          .map(node -> new BrowserElement(tab, node.getInteger("backendDOMNodeId")));
    } catch (IOException replaced) {
      // The document went away between the two calls.
      return Stream.empty();
    }
  }

  /** Clicks something of this role and name, or what the page has put in its place meanwhile. */
  void click(String role, String name) throws Exception {
    await("a click on " + role + " \"" + name + "\"", () -> find(role, name).click());
  }

  /** Puts a text into a field in place of what is there. */
  void enter(String role, String name, String text) throws Exception {
    await("focus on " + role + " \"" + name + "\"", () -> find(role, name).focus());
    tab.evaluate("document.activeElement.select()");
    type(text);
  }

  void type(String text) throws Exception {
    tab.call("Input.insertText", new JsonObject().put("text", text));
  }

  void press(Key key) throws Exception {
    for (JsonObject event : key.events()) {
      tab.call("Input.dispatchKeyEvent", event);
    }
  }

  /** All that can be read on it. */
  String text() throws Exception {
    return String.valueOf(tab.evaluate("document.body.innerText"));
  }

  void awaitText(String text) throws Exception {
    await("\"" + text + "\"", () -> text().contains(text));
  }

  /** The name of what has the focus, as a screen reader tells it; empty where nothing has. */
  String focused() throws Exception {
    JsonObject active =
        tab.call("Runtime.evaluate", new JsonObject().put("expression", "document.activeElement"));
    if (!active.getJsonObject("result").containsKey("objectId")) {
      return "";
    }
    JsonObject of =
        new JsonObject()
            .put("objectId", active.getJsonObject("result").getString("objectId"))
            .put("fetchRelatives", false);
    JsonObject node =
        tab.call("Accessibility.getPartialAXTree", of).getJsonArray("nodes").getJsonObject(0);
    return Optional.ofNullable(node.getJsonObject("name"))
        .map(name -> name.getString("value"))
        .orElse("");
  }

  /** Waits for a condition; says what is on the page when it does not come true. */
  void await(String what, Callable<Boolean> condition) throws Exception {
    try {
      Await.until(what, SOON, condition);
    } catch (AssertionError late) {
      tab.screenshot("failed");
      throw new AssertionError(
          late.getMessage() + " on the page:\n" + text() + tab.troubles(), late);
    }
  }
}

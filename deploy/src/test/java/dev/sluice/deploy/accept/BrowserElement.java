package dev.sluice.deploy.accept;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * Something on a page.
 *
 * @param node its number, as the browser counts
 */
record BrowserElement(BrowserTab tab, int node) {
  void focus() throws Exception {
    tab.call("DOM.focus", self());
  }

  /** Scrolls it into view and clicks its middle with a mouse. */
  void click() throws Exception {
    tab.call("DOM.scrollIntoViewIfNeeded", self());
    JsonArray corners =
        tab.call("DOM.getContentQuads", self()).getJsonArray("quads").getJsonArray(0);
    double x = (corners.getDouble(0) + corners.getDouble(4)) / 2;
    double y = (corners.getDouble(1) + corners.getDouble(5)) / 2;
    for (String type : new String[] {"mousePressed", "mouseReleased"}) {
      tab.call(
          "Input.dispatchMouseEvent",
          new JsonObject()
              .put("type", type)
              .put("x", x)
              .put("y", y)
              .put("button", "left")
              .put("clickCount", 1));
    }
  }

  private JsonObject self() {
    return new JsonObject().put("backendNodeId", node);
  }
}

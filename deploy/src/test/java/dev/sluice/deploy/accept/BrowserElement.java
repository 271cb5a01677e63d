package dev.sluice.deploy.accept;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;

/**
 * Something on a page.
 *
 * @param node its number, as the browser counts
 */
record BrowserElement(BrowserTab tab, int node) {
  /** Gives it the focus; false where it is on the page no longer. */
  boolean focus() throws Exception {
    try {
      tab.call("DOM.focus", self());
      return true;
    } catch (IOException gone) {
      return false;
    }
  }

  /** Scrolls it into view and clicks its middle with a mouse; false where it is there no longer. */
  boolean click() throws Exception {
    JsonArray corners;
    try {
      tab.call("DOM.scrollIntoViewIfNeeded", self());
      corners = tab.call("DOM.getContentQuads", self()).getJsonArray("quads").getJsonArray(0);
    } catch (IOException gone) {
      return false;
    }
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
    return true;
  }

  private JsonObject self() {
    return new JsonObject().put("backendNodeId", node);
  }
}

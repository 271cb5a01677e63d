package dev.sluice.deploy.accept;

import io.vertx.core.json.JsonObject;
import java.util.List;

/** Keys that pages are used with. */
enum Key {
  TAB("Tab", 9, ""),
  ENTER("Enter", 13, "\r"),
  SPACE(" ", 32, " "),
  ESCAPE("Escape", 27, ""),
  DOWN("ArrowDown", 40, "");

  private final String name;
  private final int code;
  private final String text;

  Key(String name, int code, String text) {
    this.name = name;
    this.code = code;
    this.text = text;
  }

  /** Its going down and coming up. */
  List<JsonObject> events() {
    JsonObject down = event(text.isEmpty() ? "rawKeyDown" : "keyDown");
    return List.of(text.isEmpty() ? down : down.put("text", text), event("keyUp"));
  }

  private JsonObject event(String type) {
    return new JsonObject().put("type", type).put("key", name).put("windowsVirtualKeyCode", code);
  }
}

package dev.sluice.gateway.live;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One answer as it came over the socket.
 *
 * @param headers by lower-case name, each line of its own
 * @param whole whether the body came to its announced end
 */
public record Reply(int status, Map<String, List<String>> headers, Buffer body, boolean whole) {

  /** The only value of a header; null where there is none. */
  public String header(String name) {
    List<String> values = headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
    if (values.size() > 1) {
      throw new AssertionError(name + " came more than once: " + values);
    }
    return values.isEmpty() ? null : values.getFirst();
  }

  /** The body as text. */
  public String text() {
    return body.toString();
  }

  /** The body as JSON. */
  public JsonObject json() {
    return new JsonObject(text());
  }

  /** The code of the one error that the body tells. */
  public String errorCode() {
    return json().getJsonArray("errors").getJsonObject(0).getString("code");
  }
}

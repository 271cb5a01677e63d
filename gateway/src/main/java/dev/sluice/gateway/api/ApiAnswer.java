package dev.sluice.gateway.api;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * An answer of the API.
 *
 * @param status of HTTP
 * @param headers besides those that every answer has
 */
public record ApiAnswer(int status, JsonObject body, Map<String, String> headers) {

  /** An answer with no header of its own. */
  public static ApiAnswer of(int status, JsonObject body) {
    return new ApiAnswer(status, body, Map.of());
  }

  /** An error, in the form that the registry's errors have. */
  public static ApiAnswer error(int status, String code, String message) {
    return errors(status, code, List.of(message));
  }

  /** Several of a kind. */
  public static ApiAnswer errors(int status, String code, List<String> messages) {
    JsonArray errors = new JsonArray();
    messages.forEach(
        message -> errors.add(new JsonObject().put("code", code).put("message", message)));
    return of(status, new JsonObject().put("errors", errors));
  }

  /** The same with a header more. */
  public ApiAnswer with(String header, String value) {
    Map<String, String> more = new HashMap<>(headers);
    more.put(header, value);
    return new ApiAnswer(status, body, Map.copyOf(more));
  }
}

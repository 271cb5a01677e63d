package dev.sluice.gateway.warmup;

import dev.sluice.fetcher.WarmUpRequest;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the JSON of one request for a warm-up; what its texts mean is the fetcher's to judge. */
final class RequestReader {

  private static final Set<String> KEYS =
      Set.of("images", "rule", "repositories", "tags", "platforms");

  private final JsonObject json;
  private final List<String> mistakes = new ArrayList<>();

  /** What came of reading. */
  sealed interface Reading {}

  record Read(WarmUpRequest request) implements Reading {}

  record Wrong(List<String> mistakes) implements Reading {}

  private RequestReader(JsonObject json) {
    this.json = json;
  }

  static Reading read(Buffer body) {
    try {
      return new RequestReader(new JsonObject(body)).read();
    } catch (DecodeException | ClassCastException malformed) {
      return new Wrong(
          List.of("the body is not a JSON object such as {\"images\": [\"quay/x/y:1\"]}"));
    }
  }

  private Reading read() {
    if (!KEYS.containsAll(json.fieldNames())) {
      mistakes.add(
          "there is a key that is not known; known are images, rule, repositories, tags,"
              + " platforms");
    }
    Object rule = json.getValue("rule");
    if (rule != null && !(rule instanceof String)) {
      mistakes.add("rule is not a text such as \"ecr-public\"");
    }
    WarmUpRequest request =
        new WarmUpRequest(
            texts("images"),
            rule instanceof String prefix ? Optional.of(prefix) : Optional.empty(),
            texts("repositories"),
            texts("tags"),
            texts("platforms"));
    return mistakes.isEmpty() ? new Read(request) : new Wrong(mistakes);
  }

  private List<String> texts(String key) {
    Object value = json.getValue(key);
    if (value == null) {
      return List.of();
    }
    if (value instanceof JsonArray list && list.stream().allMatch(String.class::isInstance)) {
      return list.stream().map(String.class::cast).toList();
    }
    mistakes.add(key + " is not a list of texts");
    return List.of();
  }
}

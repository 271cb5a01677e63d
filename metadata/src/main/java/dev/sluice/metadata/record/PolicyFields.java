package dev.sluice.metadata.record;

import dev.sluice.metadata.Platform;
import dev.sluice.metadata.Platforms;
import dev.sluice.metadata.Policies;
import dev.sluice.metadata.Policies.OnDeleted;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * {@code {"checkInterval","checkBudget","onDeleted","platforms"}}: durations in ISO 8601, {@code
 * serve} or {@code refuse}, and {@code all}, {@code requested} or a list of platforms.
 */
final class PolicyFields {

  private static final String ALL = "all";
  private static final String REQUESTED = "requested";

  private PolicyFields() {}

  static Policies read(JsonObject json) {
    return new Policies(
        Fields.duration(json, "checkInterval"),
        Fields.duration(json, "checkBudget"),
        onDeleted(Fields.text(json, "onDeleted")),
        platforms(json.getValue("platforms")));
  }

  static void write(Policies policies, JsonObject json) {
    json.put("checkInterval", policies.checkInterval().toString())
        .put("checkBudget", policies.checkBudget().toString())
        .put("onDeleted", word(policies.onDeleted()))
        .put("platforms", platforms(policies.platforms()));
  }

  private static String word(OnDeleted onDeleted) {
    return switch (onDeleted) {
      case SERVE -> "serve";
      case REFUSE -> "refuse";
    };
  }

  private static OnDeleted onDeleted(String word) {
    return switch (word) {
      case "serve" -> OnDeleted.SERVE;
      case "refuse" -> OnDeleted.REFUSE;
      default -> throw new IllegalArgumentException("no such policy: " + word);
    };
  }

  private static Object platforms(Platforms platforms) {
    return switch (platforms) {
      case Platforms.All() -> ALL;
      case Platforms.Requested() -> REQUESTED;
      case Platforms.Only(var wanted) ->
          new JsonArray(wanted.stream().map(Platform::toString).toList());
    };
  }

  private static Platforms platforms(Object value) {
    return switch (value) {
      case String word when word.equals(ALL) -> new Platforms.All();
      case String word when word.equals(REQUESTED) -> new Platforms.Requested();
      case JsonArray wanted ->
          new Platforms.Only(Fields.list(wanted, String.class, PolicyFields::platform));
      case null, default -> throw new IllegalArgumentException("no such platforms");
    };
  }

  private static Platform platform(String text) {
    return Platform.parse(text)
        .orElseThrow(() -> new IllegalArgumentException("not a platform: " + text));
  }
}

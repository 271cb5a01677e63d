package dev.sluice.metadata.record;

import dev.sluice.metadata.CheckIntervals;
import dev.sluice.metadata.NamePattern;
import dev.sluice.metadata.Platform;
import dev.sluice.metadata.Platforms;
import dev.sluice.metadata.Policies;
import dev.sluice.metadata.Policies.OnDeleted;
import dev.sluice.metadata.TagInterval;
import dev.sluice.metadata.UpstreamLimits;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * {@code {"checkInterval","checkIntervals":[{"tags","interval"}],"checkBudget","onDeleted",
 * "platforms","repositories":{"allow","deny"},"tags":{"allow","deny"},"requestsPerSecond",
 * "reservePercent","redirect"}}: durations in ISO 8601, {@code serve} or {@code refuse}, and {@code
 * all}, {@code requested} or a list of platforms. Earlier versions write neither {@code
 * checkIntervals} nor what comes after the platforms.
 */
final class PolicyFields {

  private static final String ALL = "all";
  private static final String REQUESTED = "requested";

  private PolicyFields() {}

  static Policies read(JsonObject json) {
    return new Policies(
        new CheckIntervals(
            Fields.duration(json, "checkInterval"),
            Fields.optionalList(
                json, "checkIntervals", JsonObject.class, PolicyFields::tagInterval)),
        Fields.duration(json, "checkBudget"),
        onDeleted(Fields.text(json, "onDeleted")),
        platforms(json.getValue("platforms")),
        FilterFields.read(json, "repositories"),
        FilterFields.read(json, "tags"),
        limits(json),
        Boolean.TRUE.equals(json.getValue("redirect")));
  }

  static void write(Policies policies, JsonObject json) {
    json.put("checkInterval", policies.checkIntervals().usual().toString());
    Fields.putOrDrop(
        json, "checkIntervals", policies.checkIntervals().byTag(), PolicyFields::tagInterval);
    json.put("checkBudget", policies.checkBudget().toString())
        .put("onDeleted", word(policies.onDeleted()))
        .put("platforms", platforms(policies.platforms()));
    FilterFields.write(json, "repositories", policies.repositories());
    FilterFields.write(json, "tags", policies.tags());
    json.put("requestsPerSecond", policies.limits().requestsPerSecond())
        .put("reservePercent", policies.limits().reservePercent())
        .put("redirect", policies.redirect());
  }

  private static TagInterval tagInterval(JsonObject json) {
    return new TagInterval(
        new NamePattern(Fields.text(json, "tags")), Fields.duration(json, "interval"));
  }

  private static JsonObject tagInterval(TagInterval some) {
    return new JsonObject()
        .put("tags", some.tags().text())
        .put("interval", some.interval().toString());
  }

  private static UpstreamLimits limits(JsonObject json) {
    UpstreamLimits usual = UpstreamLimits.USUAL;
    return new UpstreamLimits(
        Fields.smallNumber(json, "requestsPerSecond", usual.requestsPerSecond()),
        Fields.smallNumber(json, "reservePercent", usual.reservePercent()));
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

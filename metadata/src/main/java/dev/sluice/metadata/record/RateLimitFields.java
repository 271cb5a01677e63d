package dev.sluice.metadata.record;

import dev.sluice.metadata.Allowance;
import dev.sluice.metadata.RateLimit;
import io.vertx.core.json.JsonObject;
import java.time.Duration;

/**
 * {@code {"allowance":{"limit","remaining","window","seenAt"},"pullsFrom","requestsFrom",
 * "refusals"}}, without {@code allowance} where the registry says nothing.
 */
final class RateLimitFields {

  private RateLimitFields() {}

  static RateLimit read(JsonObject json) {
    return new RateLimit(
        Fields.optionalObject(json, "allowance").map(RateLimitFields::allowance),
        Fields.instant(json, "pullsFrom"),
        Fields.instant(json, "requestsFrom"),
        Fields.smallNumber(json, "refusals", 0));
  }

  static void write(RateLimit limit, JsonObject json) {
    Fields.putOrDrop(json, "allowance", limit.allowance().map(RateLimitFields::allowance));
    json.put("pullsFrom", limit.pullsFrom().toString())
        .put("requestsFrom", limit.requestsFrom().toString())
        .put("refusals", limit.refusals());
  }

  private static Allowance allowance(JsonObject json) {
    return new Allowance(
        Fields.number(json, "limit"),
        Fields.number(json, "remaining"),
        Duration.parse(Fields.text(json, "window")),
        Fields.instant(json, "seenAt"));
  }

  private static JsonObject allowance(Allowance allowance) {
    return new JsonObject()
        .put("limit", allowance.limit())
        .put("remaining", allowance.remaining())
        .put("window", allowance.window().toString())
        .put("seenAt", allowance.seenAt().toString());
  }
}

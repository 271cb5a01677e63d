package dev.sluice.metadata.record;

import dev.sluice.metadata.Rule;
import io.vertx.core.json.JsonObject;
import java.net.URI;

/**
 * {@code {"prefix","upstream","upstreamPrefix","endpoint","credential","policies"}}, without what
 * the rule leaves empty.
 */
final class RuleFields {

  private RuleFields() {}

  static Rule read(JsonObject json) {
    return new Rule(
        Fields.text(json, "prefix"),
        Fields.text(json, "upstream"),
        Fields.optionalText(json, "upstreamPrefix"),
        Fields.optionalText(json, "endpoint").map(URI::create),
        Fields.optionalText(json, "credential"),
        PolicyFields.read(Fields.object(json, "policies")));
  }

  static void write(Rule rule, JsonObject json) {
    json.put("prefix", rule.prefix()).put("upstream", rule.upstream());
    Fields.putOrDrop(json, "upstreamPrefix", rule.upstreamPrefix());
    Fields.putOrDrop(json, "endpoint", rule.endpoint().map(URI::toString));
    Fields.putOrDrop(json, "credential", rule.credential());
    JsonObject policies =
        json.getValue("policies") instanceof JsonObject earlier ? earlier : new JsonObject();
    PolicyFields.write(rule.policies(), policies);
    json.put("policies", policies);
  }
}

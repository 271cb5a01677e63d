package dev.sluice.metadata.record;

import dev.sluice.metadata.Rule;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;

/**
 * {@code {"prefix","upstream","upstreamPrefix","endpoint","credential","furtherCredentials",
 * "tokenRealms","policies"}}, without what the rule leaves empty. The first credential stands
 * apart, for earlier versions know only that one.
 */
final class RuleFields {

  private RuleFields() {}

  static Rule read(JsonObject json) {
    return new Rule(
        Fields.text(json, "prefix"),
        Fields.text(json, "upstream"),
        Fields.optionalText(json, "upstreamPrefix"),
        Fields.optionalText(json, "endpoint").map(URI::create),
        credentials(json),
        Fields.optionalList(json, "tokenRealms", String.class, host -> host),
        PolicyFields.read(Fields.object(json, "policies")));
  }

  static void write(Rule rule, JsonObject json) {
    json.put("prefix", rule.prefix()).put("upstream", rule.upstream());
    Fields.putOrDrop(json, "upstreamPrefix", rule.upstreamPrefix());
    Fields.putOrDrop(json, "endpoint", rule.endpoint().map(URI::toString));
    Fields.putOrDrop(json, "credential", rule.credentials().stream().findFirst());
    Fields.putOrDrop(
        json, "furtherCredentials", rule.credentials().stream().skip(1).toList(), name -> name);
    Fields.putOrDrop(json, "tokenRealms", rule.tokenRealms(), host -> host);
    JsonObject policies =
        json.getValue("policies") instanceof JsonObject earlier ? earlier : new JsonObject();
    PolicyFields.write(rule.policies(), policies);
    json.put("policies", policies);
  }

  private static List<String> credentials(JsonObject json) {
    return Stream.concat(
            Fields.optionalText(json, "credential").stream(),
            Fields.optionalList(json, "furtherCredentials", String.class, name -> name).stream())
        .toList();
  }
}

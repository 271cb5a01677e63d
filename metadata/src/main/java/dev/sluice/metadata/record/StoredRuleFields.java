package dev.sluice.metadata.record;

import dev.sluice.metadata.StoredRule;
import io.vertx.core.json.JsonObject;
import java.time.Instant;

/**
 * The fields of a {@link RuleFields rule}, and {@code {"createdAt","updatedAt","credentialArn",
 * "customRoleArn","upstreamRegistry"}}, without what is empty; the earliest versions write none of
 * these.
 */
final class StoredRuleFields {

  private StoredRuleFields() {}

  static StoredRule read(JsonObject json) {
    return new StoredRule(
        RuleFields.read(json),
        Fields.optionalInstant(json, "createdAt").orElse(Instant.EPOCH),
        Fields.optionalInstant(json, "updatedAt").orElse(Instant.EPOCH),
        Fields.optionalText(json, "credentialArn"),
        Fields.optionalText(json, "customRoleArn"),
        Fields.optionalText(json, "upstreamRegistry"));
  }

  static void write(StoredRule rule, JsonObject json) {
    RuleFields.write(rule.rule(), json);
    json.put("createdAt", rule.createdAt().toString())
        .put("updatedAt", rule.updatedAt().toString());
    Fields.putOrDrop(json, "credentialArn", rule.credentialArn());
    Fields.putOrDrop(json, "customRoleArn", rule.customRoleArn());
    Fields.putOrDrop(json, "upstreamRegistry", rule.upstreamRegistry());
  }
}

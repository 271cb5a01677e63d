package dev.sluice.gateway.ecr.rule;

import dev.sluice.gateway.ecr.Registry;
import dev.sluice.gateway.ecr.Timestamps;
import dev.sluice.metadata.Rule;
import dev.sluice.metadata.RuleBook;
import dev.sluice.metadata.StoredRule;
import io.vertx.core.json.JsonObject;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A rule as the API shows it.
 *
 * @param stored what is known of one that was made through the API; empty for the file's
 */
record ShownRule(Rule rule, Optional<StoredRule> stored) {

  private static final String UPSTREAM_PREFIX = "upstreamRepositoryPrefix";

  static ShownRule of(StoredRule stored) {
    return new ShownRule(stored.rule(), Optional.of(stored));
  }

  /** Every rule, in ASCII order of their prefixes. */
  static List<ShownRule> all(RuleBook rules) {
    return Stream.concat(
            rules.fixed().stream().map(rule -> new ShownRule(rule, Optional.empty())),
            rules.stored().stream().map(ShownRule::of))
        .sorted(Comparator.comparing(ShownRule::prefix))
        .toList();
  }

  /** The rule of a prefix; empty where there is none. */
  static Optional<ShownRule> find(RuleBook rules, String prefix) {
    return all(rules).stream().filter(rule -> rule.prefix().equals(prefix)).findFirst();
  }

  String prefix() {
    return rule.prefix();
  }

  /** What every answer about a rule tells. */
  JsonObject json(Registry registry) {
    JsonObject json =
        new JsonObject()
            .put("ecrRepositoryPrefix", rule.prefix())
            .put("upstreamRegistryUrl", rule.upstream())
            .put("registryId", registry.account());
    rule.upstreamPrefix().ifPresent(prefix -> json.put(UPSTREAM_PREFIX, prefix));
    stored.ifPresent(kept -> json.put("createdAt", Timestamps.of(kept.createdAt())));
    stored.flatMap(StoredRule::credentialArn).ifPresent(arn -> json.put("credentialArn", arn));
    stored.flatMap(StoredRule::customRoleArn).ifPresent(arn -> json.put("customRoleArn", arn));
    return json;
  }

  /**
   * The same for the answer to a rule's creation, which alone tells of an upstream prefix that
   * nobody gave: Terraform would take it for a change of the rule at any other place.
   */
  JsonObject createdJson(Registry registry) {
    return fullJson(registry).put(UPSTREAM_PREFIX, rule.upstreamPrefix().orElse(Rule.ROOT));
  }

  /** The same with what only creation and description tell. */
  JsonObject fullJson(Registry registry) {
    JsonObject json = json(registry);
    stored
        .flatMap(StoredRule::upstreamRegistry)
        .or(() -> UpstreamRegistry.of(rule.registry()))
        .ifPresent(word -> json.put("upstreamRegistry", word));
    stored.ifPresent(kept -> json.put("updatedAt", Timestamps.of(kept.updatedAt())));
    return json;
  }
}

package dev.sluice.gateway.ecr.rule;

import dev.sluice.gateway.ecr.EcrAnswer;
import dev.sluice.gateway.ecr.EcrAnswer.Done;
import dev.sluice.gateway.ecr.Members;
import dev.sluice.gateway.ecr.Operation;
import dev.sluice.gateway.ecr.Page;
import dev.sluice.gateway.ecr.PageRequest;
import dev.sluice.gateway.ecr.Registry;
import dev.sluice.gateway.ecr.Shape;
import dev.sluice.metadata.RuleBook;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** DescribePullThroughCacheRules. */
final class RuleDescription {

  private static final int MOST_ON_A_PAGE = 1000;
  private static final int MOST_PREFIXES = 100;

  private final Registry registry;
  private final RuleBook rules;

  RuleDescription(Registry registry, RuleBook rules) {
    this.registry = registry;
    this.rules = rules;
  }

  /**
   * @param prefixes of the rules to show; none for all
   */
  private record Wanted(List<String> prefixes, PageRequest page) {

    static Wanted read(Members members) {
      List<String> prefixes =
          members.texts("ecrRepositoryPrefixes", 1, MOST_PREFIXES, Shape.RULE_PREFIX);
      return new Wanted(
          prefixes.stream().map(RulePrefix::bare).toList(), members.page(MOST_ON_A_PAGE));
    }
  }

  Operation<?> operation() {
    return Operation.forAdmins(
        "DescribePullThroughCacheRules", Wanted::read, (caller, wanted) -> describe(wanted));
  }

  private EcrAnswer describe(Wanted wanted) {
    List<ShownRule> all = ShownRule.all(rules);
    Set<String> known = all.stream().map(ShownRule::prefix).collect(Collectors.toSet());
    Optional<String> missing =
        wanted.prefixes.stream().filter(prefix -> !known.contains(prefix)).findFirst();
    if (missing.isPresent()) {
      return registry.ruleNotFound(missing.get());
    }
    Set<String> shown = wanted.prefixes.isEmpty() ? known : new HashSet<>(wanted.prefixes);
    List<ShownRule> chosen = all.stream().filter(rule -> shown.contains(rule.prefix())).toList();
    Page<ShownRule> page = Page.of(chosen, ShownRule::prefix, wanted.page);
    JsonArray items = new JsonArray();
    page.items().forEach(rule -> items.add(rule.fullJson(registry)));
    return new Done(page.into(new JsonObject().put("pullThroughCacheRules", items)));
  }
}

package dev.sluice.deploy;

import dev.sluice.gateway.access.OpenRepositories;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.metadata.Rule;
import dev.sluice.metadata.RuleTable;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * What the rules in force leave to those who do not log in: all but what is pulled with a
 * credential, unless the operator said that this credential is for everybody.
 */
final class OpenRules implements OpenRepositories {

  /** Of a repository that no rule covers. */
  private static final int NO_RULE = -1;

  private final Supplier<RuleTable> inForce;
  private final Set<String> forEverybody;
  private final ClosedPrefixes closed;
  private volatile View view;

  private record View(RuleTable rules, boolean isEverything) {}

  /**
   * @param inForce the same object for as long as the rules do not change
   * @param forEverybody prefixes of rules of the file that say {@code anonymous: true}
   */
  OpenRules(Supplier<RuleTable> inForce, Set<String> forEverybody, ClosedPrefixes closed) {
    this.inForce = inForce;
    this.forEverybody = Set.copyOf(forEverybody);
    this.closed = closed;
  }

  @Override
  public boolean isEverything() {
    return now().isEverything;
  }

  @Override
  public boolean includes(RepositoryName repository) {
    View now = now();
    return now.isEverything || isOpen(repository, now.rules.match(repository));
  }

  private View now() {
    RuleTable rules = inForce.get();
    View known = view;
    return known != null && rules.equals(known.rules) ? known : lookAt(rules);
  }

  private View lookAt(RuleTable rules) {
    closed.add(
        rules.rules().stream()
            .filter(rule -> !isOpen(rule))
            .map(Rule::prefix)
            .collect(Collectors.toSet()));
    View now = new View(rules, forEverybody.containsAll(closed.all()));
    view = now;
    return now;
  }

  private boolean isOpen(Rule rule) {
    return rule.credentials().isEmpty() || forEverybody.contains(rule.prefix());
  }

  /**
   * What a closed rule covered stays closed where no rule is left, or only a wider one, or one of
   * the same prefix that came without a credential later.
   */
  private boolean isOpen(RepositoryName repository, Optional<Rule> rule) {
    boolean isSaid = rule.filter(r -> forEverybody.contains(r.prefix())).isPresent();
    int covered = rule.map(r -> weight(r.prefix())).orElse(NO_RULE);
    return rule.map(this::isOpen).orElse(true)
        && closed.all().stream()
            .filter(prefix -> prefix.equals(Rule.ROOT) || repository.isUnder(prefix))
            .mapToInt(OpenRules::weight)
            .noneMatch(once -> once > covered || (once == covered && !isSaid));
  }

  private static int weight(String prefix) {
    return prefix.equals(Rule.ROOT) ? 0 : prefix.length();
  }
}

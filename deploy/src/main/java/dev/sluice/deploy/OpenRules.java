package dev.sluice.deploy;

import dev.sluice.gateway.access.OpenRepositories;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.metadata.Rule;
import dev.sluice.metadata.RuleTable;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What the rules in force leave to those who do not log in: all but what is pulled with a
 * credential, now or once, unless the operator said that this credential is for everybody.
 */
final class OpenRules implements OpenRepositories {

  private final Supplier<RuleTable> inForce;
  private final ClosedPrefixes closed;
  private volatile View view;

  /**
   * What follows from one table of rules.
   *
   * @param isOpen whether what lies under a prefix is open, where no longer prefix says otherwise
   */
  private record View(
      RuleTable rules, Set<String> closed, Map<String, Boolean> isOpen, boolean isEverything) {

    boolean includes(String repository) {
      int end = repository.lastIndexOf('/');
      while (end > 0) {
        Boolean said = isOpen.get(repository.substring(0, end));
        if (said != null) {
          return said;
        }
        end = repository.lastIndexOf('/', end - 1);
      }
      return isOpen.getOrDefault(Rule.ROOT, true);
    }
  }

  /**
   * @param inForce the same object for as long as the rules do not change
   * @param closed knows of the rules in force, and of those before
   */
  OpenRules(Supplier<RuleTable> inForce, ClosedPrefixes closed) {
    this.inForce = inForce;
    this.closed = closed;
  }

  @Override
  public boolean isEverything() {
    return now().isEverything;
  }

  @Override
  public boolean includes(RepositoryName repository) {
    View now = now();
    return now.isEverything || now.includes(repository.value());
  }

  @SuppressWarnings("ReferenceEquality") // another object is another state
  private View now() {
    RuleTable rules = inForce.get();
    Set<String> prefixes = closed.all();
    View known = view;
    return known != null && known.rules == rules && known.closed == prefixes
        ? known
        : lookAt(rules, prefixes);
  }

  /**
   * A closed prefix stays closed where no rule is left, or one that came without a credential
   * later; a narrower rule decides for itself.
   */
  private View lookAt(RuleTable rules, Set<String> prefixes) {
    Map<String, Boolean> isOpen = new HashMap<>();
    prefixes.forEach(prefix -> isOpen.put(prefix, false));
    for (Rule rule : rules.rules()) {
      boolean neverClosed = rule.credentials().isEmpty() && !prefixes.contains(rule.prefix());
      isOpen.put(rule.prefix(), neverClosed || closed.isForEverybody(rule.prefix()));
    }
    View now = new View(rules, prefixes, Map.copyOf(isOpen), !isOpen.containsValue(false));
    view = now;
    return now;
  }
}

package dev.sluice.metadata;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The rules in force at one moment; the longest matching prefix wins, {@code ROOT} comes last. */
public record RuleTable(List<Rule> rules) {

  private static final Comparator<Rule> BY_REACH =
      Comparator.<Rule, Boolean>comparing(rule -> !rule.upstreamRoot().isEmpty())
          .thenComparing(rule -> -rule.upstreamRoot().length())
          .thenComparing(rule -> rule.prefix().equals(Rule.ROOT))
          .thenComparing(RuleTable::weight);

  /** Copies the rules, longest prefix first. */
  public RuleTable {
    rules = rules.stream().sorted(Comparator.comparingInt(RuleTable::weight).reversed()).toList();
  }

  /** The rule for a repository; empty where no rule covers it. */
  public Optional<Rule> match(RepositoryName repository) {
    return rules.stream().filter(rule -> rule.covers(repository)).findFirst();
  }

  /** The rule of a prefix; empty where there is none. */
  public Optional<Rule> withPrefix(String prefix) {
    return rules.stream().filter(rule -> rule.prefix().equals(prefix)).findFirst();
  }

  /**
   * The rule through which a repository of a registry is pulled, where several are for that
   * registry: one without an upstream prefix before one with the longest that the name lies under,
   * one with a prefix of its own before {@code ROOT}, then the shortest prefix.
   *
   * @param registry its host, by any of its names
   * @param name the registry's own of the repository
   */
  public Optional<Rule> pulling(String registry, String name) {
    return rules.stream()
        .filter(rule -> rule.isFor(registry) && name.startsWith(rule.upstreamRoot()))
        .min(BY_REACH);
  }

  private static int weight(Rule rule) {
    return rule.prefix().equals(Rule.ROOT) ? 0 : rule.prefix().length();
  }
}

package dev.sluice.metadata;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The rules in force at one moment; the longest matching prefix wins, {@code ROOT} comes last. */
public record RuleTable(List<Rule> rules) {

  /** Copies the rules, longest prefix first. */
  public RuleTable {
    rules = rules.stream().sorted(Comparator.comparingInt(RuleTable::weight).reversed()).toList();
  }

  /** The rule for a repository; empty where no rule covers it. */
  public Optional<Rule> match(RepositoryName repository) {
    return rules.stream().filter(rule -> rule.covers(repository)).findFirst();
  }

  private static int weight(Rule rule) {
    return rule.prefix().equals(Rule.ROOT) ? 0 : rule.prefix().length();
  }
}

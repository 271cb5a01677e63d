package dev.sluice.fetcher.pull;

import dev.sluice.fetcher.Refused;
import dev.sluice.fetcher.Refused.Reason;
import dev.sluice.metadata.Filter;
import dev.sluice.metadata.NamePattern;
import dev.sluice.metadata.Reference;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.metadata.Rule;
import java.util.Optional;

/** What a rule's filters let through; asked before anything is looked up, here or upstream. */
final class Admission {

  private Admission() {}

  /** The refusal of a repository, by its upstream's name; empty where the rule lets it through. */
  static Optional<Refused> refusal(Rule rule, RepositoryName repository) {
    String name = rule.upstreamName(repository);
    return refusal(
        rule, rule.policies().repositories(), "repositories", "repository " + name, name);
  }

  /** The refusal of a manifest; one that is asked by its digest has no tag to be filtered by. */
  static Optional<Refused> refusal(Rule rule, RepositoryName repository, Reference reference) {
    return refusal(rule, repository)
        .or(
            () ->
                reference instanceof Reference.Tag(var tag)
                    ? refusal(rule, rule.policies().tags(), "tags", "tag " + tag, tag)
                    : Optional.empty());
  }

  private static Optional<Refused> refusal(
      Rule rule, Filter filter, String key, String what, String name) {
    if (filter.admits(name)) {
      return Optional.empty();
    }
    String why =
        filter.deny().stream()
            .filter(pattern -> pattern.matches(name))
            .findFirst()
            .map(NamePattern::text)
            .map(pattern -> key + ".deny has " + pattern)
            .orElse(key + ".allow has no pattern that matches it");
    return Optional.of(
        Refused.absent(
            Reason.DENIED,
            "rule " + rule.prefix() + " does not let the " + what + " through: its " + why));
  }
}

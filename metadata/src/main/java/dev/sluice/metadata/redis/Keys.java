package dev.sluice.metadata.redis;

import dev.sluice.metadata.CreationTemplate;
import dev.sluice.metadata.RateLimit;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.metadata.StoredRule;
import dev.sluice.metadata.record.RecordForm;

/**
 * The keys of a namespace. Those of a repository are {@code <namespace>:{<repository>}:<kind>}, at
 * most 306 characters: in Redis Cluster what stands in braces decides where they lie, so that they
 * lie together. No other key has braces.
 */
record Keys(String namespace) {

  RepositoryKeys of(RepositoryName repository) {
    return new RepositoryKeys(namespace + ":{" + repository.value() + "}:");
  }

  RecordHash<StoredRule> rules() {
    return new RecordHash<>(
        namespace + ":rules",
        RecordForm.RULE,
        (prefix, stored) -> stored.rule().prefix().equals(prefix));
  }

  RecordHash<CreationTemplate> templates() {
    return new RecordHash<>(
        namespace + ":templates",
        RecordForm.TEMPLATE,
        (prefix, template) -> template.prefix().equals(prefix));
  }

  RecordHash<RateLimit> rateLimits() {
    return new RecordHash<>(
        namespace + ":ratelimits", RecordForm.RATE_LIMIT, (account, limit) -> true);
  }

  /** The names of repositories; some may be no more. */
  String repositories() {
    return namespace + ":repositories";
  }

  String closedPrefixes() {
    return namespace + ":closed";
  }

  String identity() {
    return namespace + ":identity";
  }

  /** How many changes were published. */
  String changesCount() {
    return namespace + ":changes";
  }

  String changesChannel() {
    return namespace + ":changes";
  }
}

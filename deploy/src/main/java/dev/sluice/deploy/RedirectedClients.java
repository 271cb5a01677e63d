package dev.sluice.deploy;

import dev.sluice.deploy.config.Config;
import dev.sluice.deploy.config.RedirectConfig;
import dev.sluice.gateway.registry.Redirects;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.metadata.RuleTable;
import java.util.function.Supplier;

/**
 * Clients that are sent to the nodes' bucket: their rule says so, and they can reach it.
 *
 * @param rules the rules in force, asked anew for every request
 */
record RedirectedClients(Supplier<RuleTable> rules, RedirectConfig config) implements Redirects {

  /** As a configuration says; nobody, where none of its rules does. */
  static Redirects of(Config config, Supplier<RuleTable> rules) {
    boolean areAny =
        config.defaults().redirect()
            || config.fileRules().stream().anyMatch(rule -> rule.policies().redirect());
    return areAny
        ? new RedirectedClients(rules, config.storage().s3().redirects())
        : Redirects.NONE;
  }

  @Override
  public boolean allow(RepositoryName repository, String client) {
    return rules.get().match(repository).filter(rule -> rule.policies().redirect()).isPresent()
        && config.reaches(client);
  }
}

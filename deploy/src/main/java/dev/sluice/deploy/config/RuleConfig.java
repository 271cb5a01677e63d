package dev.sluice.deploy.config;

import dev.sluice.metadata.Rule;

/**
 * A rule of the file, with what only its operator may say.
 *
 * @param insecure whether its endpoint may be plain http on another machine
 * @param anonymous whether clients without credentials may use this rule's own credential
 */
public record RuleConfig(Rule rule, boolean insecure, boolean anonymous) {

  /** Whether clients may use this rule without showing who they are, where any may. */
  public boolean isOpen() {
    return anonymous || rule.credentials().isEmpty();
  }
}

package dev.sluice.gateway.access;

import dev.sluice.metadata.RepositoryName;
import java.util.function.Predicate;

/**
 * Who may pull what. In this version nobody can show who they are.
 *
 * @param anonymous who may come in without that
 * @param open which repositories they may pull then; those of a rule with a credential only where
 *     the operator said so
 */
public record PullAccess(Anonymous anonymous, Predicate<RepositoryName> open) {

  /** Whether a client may come in at all. */
  public boolean admits(String address) {
    return anonymous.allows(address);
  }

  /** Whether a client may pull from a repository. */
  public boolean admits(String address, RepositoryName repository) {
    return anonymous.allows(address) && open.test(repository);
  }
}

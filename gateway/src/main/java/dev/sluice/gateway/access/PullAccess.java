package dev.sluice.gateway.access;

import dev.sluice.metadata.RepositoryName;
import java.net.URI;
import java.util.function.Supplier;

/**
 * What decides who may pull what.
 *
 * @param list what the operator grants now
 * @param open what is left to those who do not show who they are
 * @param publicUrl by which clients know this node, without a trailing slash
 */
public record PullAccess(
    Supplier<AccessList> list,
    OpenRepositories open,
    Logins logins,
    LayerTickets tickets,
    URI publicUrl) {

  /**
   * Whether a client must log in to use the registry. Docker and skopeo show a login everywhere or
   * nowhere, as the first answer has it: one closed repository makes everybody log in who may have
   * a login.
   */
  public boolean needsLogin(String address) {
    AccessList now = list.get();
    return !now.anonymous().allows(address) || (now.hasLogins() && !open.isEverything());
  }

  /** Whether a client may pull from a repository without a login. */
  public boolean admits(String address, RepositoryName repository) {
    return list.get().anonymous().allows(address) && open.includes(repository);
  }
}

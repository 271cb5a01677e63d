package dev.sluice.gateway.access;

import dev.sluice.metadata.RepositoryName;
import java.net.URI;
import java.time.Clock;
import java.util.function.Supplier;

/**
 * What decides who may pull what.
 *
 * @param list what the operator grants now
 * @param open what is left to those who do not show who they are
 * @param tokens passwords made from access keys
 * @param tickets permissions for single blobs
 * @param publicUrl by which clients know this node, without a trailing slash
 */
public record PullAccess(
    Supplier<AccessList> list,
    OpenRepositories open,
    RegistryTokens tokens,
    LayerTickets tickets,
    Logins logins,
    URI publicUrl) {

  /** All of it, from what differs between nodes. */
  public static PullAccess of(
      Clock clock, Supplier<AccessList> list, OpenRepositories open, URI publicUrl) {
    RegistryTokens tokens = new RegistryTokens(clock, list);
    LayerTickets tickets = new LayerTickets(clock, list);
    return new PullAccess(list, open, tokens, tickets, new Logins(clock, list, tokens), publicUrl);
  }

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

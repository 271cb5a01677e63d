package dev.sluice.gateway.ecr;

import dev.sluice.gateway.access.AccessKey;
import dev.sluice.gateway.access.Principal;
import dev.sluice.metadata.RepositoryName;

/**
 * Who signed a request.
 *
 * @param key that the request was signed with
 */
public record Caller(Principal principal, AccessKey key) {

  /** Who a key stands for. */
  public static Caller of(AccessKey key) {
    return new Caller(key.principal(), key);
  }

  public boolean isAdmin() {
    return principal.grants().admin();
  }

  public boolean mayPull(RepositoryName repository) {
    return principal.grants().mayPull(repository);
  }
}

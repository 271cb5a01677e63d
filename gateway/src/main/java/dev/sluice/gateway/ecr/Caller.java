package dev.sluice.gateway.ecr;

import dev.sluice.gateway.access.AccessKey;
import dev.sluice.gateway.access.Principal;
import dev.sluice.metadata.RepositoryName;
import java.util.Optional;

/**
 * Who asks.
 *
 * @param key that the request was signed with, or its sender has logged in with; empty for those
 *     who have none
 */
public record Caller(Principal principal, Optional<AccessKey> key) {

  /** What those are answered who have no key, where one is needed. */
  public static final EcrAnswer.Failed KEYLESS =
      new EcrAnswer.Failed(
          ErrorType.ACCESS_DENIED,
          "This is made from an access key: sign the request with one, or log in with one.");

  /** Who a key stands for. */
  public static Caller of(AccessKey key) {
    return new Caller(key.principal(), Optional.of(key));
  }

  public boolean isAdmin() {
    return principal.grants().admin();
  }

  public boolean mayPull(RepositoryName repository) {
    return principal.grants().mayPull(repository);
  }
}

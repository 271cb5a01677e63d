package dev.sluice.gateway.access;

import dev.sluice.metadata.RepositoryName;

/**
 * Somebody who was let in over plain HTTP.
 *
 * @param session by which they can be known again; empty for a client on this machine that did not
 *     log in
 */
public record Visitor(Principal principal, String session) {

  /** As whom the log and the ECR API's refusals know a client that did not log in. */
  static final Visitor OF_THIS_MACHINE = new Visitor(new Principal("-", Grants.ADMIN), "");

  /** Whom they have shown to be; a dash for nobody. */
  public String name() {
    return principal.name();
  }

  public boolean isAdmin() {
    return principal.grants().admin();
  }

  public boolean isAnonymous() {
    return session.isEmpty();
  }

  public boolean mayPull(RepositoryName repository) {
    return principal.grants().mayPull(repository);
  }

  /** Leaves the session out. */
  @Override
  public String toString() {
    return "Visitor[" + principal + ']';
  }
}

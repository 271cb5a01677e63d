package dev.sluice.gateway.registry;

import dev.sluice.metadata.RepositoryName;

/** Which clients may be sent to the nodes' archive for blobs. Asked on event loops. */
@FunctionalInterface
public interface Redirects {

  /** Everybody is served by the node that is asked. */
  Redirects NONE = (repository, client) -> false;

  /**
   * Whether a client may be sent there for the blobs of a repository.
   *
   * @param client its end of the connection, an IP address; that of a proxy where there is one
   */
  boolean allow(RepositoryName repository, String client);
}

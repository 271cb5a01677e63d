package dev.sluice.gateway.ecr.rule;

import io.vertx.core.Future;

/** The files of upstream credentials; what is in them never comes here. */
@FunctionalInterface
public interface CredentialFiles {

  /** What there is under a name. */
  enum Finding {
    /** A credential. */
    USABLE,
    /** Nothing. */
    MISSING,
    /** Something that is no credential, or cannot be read. */
    UNREADABLE
  }

  /**
   * Looks a file up.
   *
   * @param name relative to the secrets folder, without {@code ..}
   */
  Future<Finding> find(String name);
}

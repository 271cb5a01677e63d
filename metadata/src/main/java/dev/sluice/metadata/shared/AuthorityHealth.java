package dev.sluice.metadata.shared;

/**
 * Hears how things stand between this node and the authority, for metrics. Called from any thread;
 * must return at once.
 */
public interface AuthorityHealth {

  /** Hears nothing. */
  AuthorityHealth NONE = new AuthorityHealth() {};

  /** The authority failed to answer one question, or was not in time. */
  default void failed() {}

  /** Whether the authority is spared from now on, and this node answers from its copy. */
  default void spared(boolean isSpared) {}

  /** How many writes wait for the authority now. */
  default void waiting(int writes) {}

  /** A write that waited for the authority was given up; its own copy still has it. */
  default void dropped() {}

  /** An entry was put back into an authority that had been emptied. */
  default void restored() {}
}

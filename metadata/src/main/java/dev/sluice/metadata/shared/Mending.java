package dev.sluice.metadata.shared;

import io.vertx.core.Future;

/** How the copy and an authority of another identity are brought in line. */
interface Mending {

  /** Whether the authority holds neither rules nor repositories. */
  Future<Boolean> isEmpty();

  /** Puts what the copy has into the authority. */
  Future<Void> restore();

  /** Empties the copy. */
  Future<Void> drop();

  /** Keeps the identity for the next start. */
  Future<Void> remember(String identity);
}

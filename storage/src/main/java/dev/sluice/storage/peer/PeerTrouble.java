package dev.sluice.storage.peer;

import io.vertx.core.VertxException;

/** Why a peer's bytes do not come: words for people. */
final class PeerTrouble extends VertxException {

  private static final long serialVersionUID = 1;

  /** Without a stack trace, which would tell nothing: it comes from an event loop's turn. */
  PeerTrouble(String reason) {
    super(reason, true);
  }
}

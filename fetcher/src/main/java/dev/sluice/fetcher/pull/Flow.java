package dev.sluice.fetcher.pull;

import dev.sluice.storage.Continuation;

/** Where the bytes of one fill come from, from its first to its last. Used from any thread. */
interface Flow extends Continuation {

  /** Whether they come from upstream or the archive, and not from another node. */
  boolean isFromUpstream();

  /** The fill has ended; what still comes is not waited for. */
  void end();
}

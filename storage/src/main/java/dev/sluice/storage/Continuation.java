package dev.sluice.storage;

import dev.sluice.storage.Blobs.Source;
import io.vertx.core.Future;

/** Where a fill goes on when its stream has broken off. */
@FunctionalInterface
public interface Continuation {

  /** No fill goes on. */
  Continuation NONE = (offset, how) -> Future.succeededFuture(new Next.Over(how));

  /**
   * Asks for the rest of the blob. Called from any thread, when everything that came before is
   * written; never twice at once.
   *
   * @param offset the first byte that is missing
   * @param how the fill ends so if nothing comes
   * @return never fails
   */
  Future<Next> after(long offset, FillOutcome.Failed how);

  /** What comes after a break. */
  sealed interface Next {
    /** The stream that begins at the very byte that was asked for, and has not begun to flow. */
    record Onward(Source source) implements Next {}

    /** Nothing: the fill ends so. */
    record Over(FillOutcome.Failed how) implements Next {}
  }
}

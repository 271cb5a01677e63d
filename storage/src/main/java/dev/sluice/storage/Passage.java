package dev.sluice.storage;

import dev.sluice.storage.Blobs.Source;
import io.vertx.core.Future;
import java.util.OptionalLong;

/** How one reader comes by a blob that is not kept here. */
@FunctionalInterface
public interface Passage {

  /** Asks for the blob, from its first byte on; fails where it cannot be had. */
  Future<Opened> open();

  /**
   * A blob on its way.
   *
   * @param size in bytes; empty where only the digest is known
   * @param source which has not begun to flow
   * @param continuation asked for the rest whenever a stream has broken off
   * @param end says that nobody reads on; to be called once
   */
  record Opened(OptionalLong size, Source source, Continuation continuation, Runnable end) {}
}

package dev.sluice.storage.archive;

import java.io.IOException;
import java.util.OptionalLong;

/** Where a copy reads from; used by one thread, but for {@link #stop}. */
interface Origin extends AutoCloseable {

  /** What the blob must come to; empty where nobody knows yet. */
  OptionalLong size();

  /**
   * Reads what there is, and waits where there is nothing yet.
   *
   * @return how many bytes were read; -1 after the last one
   * @throws Lost where the blob came to nothing
   */
  int read(byte[] into) throws IOException;

  /** Called by any thread, before the reading one is interrupted. */
  void stop();

  @Override
  void close() throws IOException;

  /** This node has no such blob after all. */
  final class Lost extends IOException {
    Lost(String reason) {
      super(reason);
    }
  }
}

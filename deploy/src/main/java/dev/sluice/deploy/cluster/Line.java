package dev.sluice.deploy.cluster;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;

/** A way to other nodes that may be torn down at any moment. */
@FunctionalInterface
interface Line {

  /**
   * Asks once. Fails after so many milliseconds without an answer; may never complete where the
   * line is torn down meanwhile.
   */
  Future<Buffer> request(String address, Buffer text, long millis);
}

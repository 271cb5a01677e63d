package dev.sluice.deploy.cluster;

import io.vertx.core.VertxException;

/** A node has not answered in time, or cannot be reached at all. */
final class Silence extends VertxException {
  private static final long serialVersionUID = 1;

  Silence(Throwable cause) {
    super(cause.getMessage(), cause, true);
  }
}

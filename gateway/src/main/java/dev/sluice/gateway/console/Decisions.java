package dev.sluice.gateway.console;

import dev.sluice.gateway.ecr.Decider;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.concurrent.Callable;

/**
 * Where the console looks through repositories. Deployed once, on a virtual thread; every request
 * becomes a task of its own, and may await.
 */
public final class Decisions extends VerticleBase {

  private Decider own;

  @Override
  public Future<?> start() {
    own = new Decider(vertx, context);
    return Future.succeededFuture();
  }

  /** Runs a task; the future completes on the caller's context. */
  <T> Future<T> task(Callable<T> body) {
    return own.task(body);
  }
}

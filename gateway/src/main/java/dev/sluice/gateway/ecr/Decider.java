package dev.sluice.gateway.ecr;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.PromiseInternal;
import io.vertx.core.internal.VertxInternal;
import java.util.concurrent.Callable;

/** Runs what may await, each as a task of its own, on the context of a virtual-thread verticle. */
public final class Decider {

  private final VertxInternal vertx;
  private final ContextInternal own;

  public Decider(Vertx vertx, Context own) {
    this.vertx = (VertxInternal) vertx;
    this.own = (ContextInternal) own;
  }

  /** Runs a task; the future completes on the caller's context. */
  public <T> Future<T> task(Callable<T> body) {
    PromiseInternal<T> done = vertx.getOrCreateContext().promise();
    own.runOnContext(
        turn -> {
          try {
            done.complete(body.call());
          } catch (Throwable failure) {
            // Errors too: the client would wait for ever.
            done.fail(failure);
          }
        });
    return done.future();
  }
}

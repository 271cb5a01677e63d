package dev.sluice.gateway.ecr.live;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.util.function.Supplier;

/** Where a test lets operations decide: deployed on a virtual thread, as the edge is. */
final class DecidingContext extends VerticleBase {

  private Context own;

  @Override
  public Future<?> start() {
    own = context;
    return Future.succeededFuture();
  }

  /** Runs a decision, which may await. */
  <T> Future<T> decide(Supplier<T> decision) {
    Promise<T> decided = Promise.promise();
    own.runOnContext(
        turn -> {
          try {
            decided.complete(decision.get());
          } catch (Throwable failure) {
            decided.fail(failure);
          }
        });
    return decided.future();
  }
}

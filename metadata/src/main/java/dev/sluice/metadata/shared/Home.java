package dev.sluice.metadata.shared;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;

/** Where an answer is waited for: it has come by threads on which nobody may go on. */
final class Home {

  private Home() {}

  /** The same answer on the context that calls this; outside of Vert.x on any thread. */
  static <T> Future<T> bring(Future<T> answer) {
    Context home = Vertx.currentContext();
    if (home == null || answer.isComplete()) {
      return answer;
    }
    Promise<T> here = Promise.promise();
    answer.onComplete(
        (value, failure) -> {
          if (Vertx.currentContext() == home) {
            here.complete(value, failure);
          } else {
            home.runOnContext(_ -> here.complete(value, failure));
          }
        });
    return here.future();
  }
}

package dev.sluice.fetcher.pull;

import io.vertx.core.Future;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.PromiseInternal;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/**
 * Runs pieces of work on one virtual-thread context, each as a task of its own: while one awaits,
 * the others go on. Everything that is decided runs in here, so what it shares needs no lock.
 */
final class Tasks {

  private final ContextInternal context;

  /** Of the current context, which must be a virtual-thread one. */
  Tasks() {
    context = ContextInternal.current();
  }

  /** Runs a task; the future completes on this context. */
  <T> Future<T> run(Callable<T> body) {
    return run(context.promise(), body);
  }

  /** Runs a task for whoever calls from another context; the future completes on theirs. */
  <T> Future<T> runFor(ContextInternal caller, Callable<T> body) {
    return run(caller.promise(), body);
  }

  /** Lets the task that calls this wait, and the others go on. */
  void pause(Duration length) {
    long millis = length.toMillis();
    if (millis > 0) {
      context.owner().timer(millis, TimeUnit.MILLISECONDS).await();
    }
  }

  private <T> Future<T> run(PromiseInternal<T> done, Callable<T> body) {
    context.runOnContext(
        turn -> {
          try {
            done.complete(body.call());
          } catch (Throwable failure) {
            // Errors too: whoever waits would wait for ever.
            done.fail(failure);
          }
        });
    return done.future();
  }
}

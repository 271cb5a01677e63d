package dev.sluice.fetcher.pull;

import dev.sluice.fetcher.Journey;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.PromiseInternal;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Runs pieces of work on one virtual-thread context, each as a task of its own: while one awaits,
 * the others go on. A task belongs to the {@link Journey} of whoever begins it. Everything that is
 * decided runs in here, so what it shares needs no lock.
 */
final class Tasks {

  /** For the rare long look at a repository, by the clock and by a person. */
  private static final int ASIDE = 2;

  private final ContextInternal context;
  private final WorkerExecutor aside;

  /** Of the current context, which must be a virtual-thread one. */
  Tasks() {
    context = ContextInternal.current();
    aside = context.owner().createSharedWorkerExecutor("aside", ASIDE);
  }

  /** Runs a task; the future completes on this context. */
  <T> Future<T> run(Callable<T> body) {
    return run(context.promise(), body);
  }

  /** Runs a task for whoever calls from another context; the future completes on theirs. */
  <T> Future<T> runFor(ContextInternal caller, Callable<T> body) {
    return run(caller.promise(), body);
  }

  /**
   * Asks a store for what may keep it long, on a thread of its own: one that answers with completed
   * futures works on its caller's thread, and here all would wait.
   */
  <T> Future<T> aside(Supplier<Future<T>> question) {
    return aside.executeBlocking(question::get, false).compose(answer -> answer);
  }

  /** Lets the task that calls this wait, and the others go on. */
  void pause(Duration length) {
    long millis = length.toMillis();
    if (millis > 0) {
      context.owner().timer(millis, TimeUnit.MILLISECONDS).await();
    }
  }

  private <T> Future<T> run(PromiseInternal<T> done, Callable<T> body) {
    Journey journey = Journey.current();
    context.runOnContext(
        turn -> {
          try {
            done.complete(journey.take(body::call));
          } catch (Throwable failure) {
            // Errors too: whoever waits would wait for ever.
            done.fail(failure);
          }
        });
    return done.future();
  }
}

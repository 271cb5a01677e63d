package dev.sluice.metadata.shared;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** Goes through many things, a few at a time, until one fails. */
final class Abreast<T> {

  private final Iterator<T> things;
  private final Function<T, Future<?>> step;
  private final Promise<Void> done = Promise.promise();
  private final AtomicInteger walkers;

  private Abreast(Iterator<T> things, int walkers, Function<T, Future<?>> step) {
    this.things = things;
    this.step = step;
    this.walkers = new AtomicInteger(walkers);
  }

  /** Succeeds when all is done; at the first failure nothing else is begun. */
  static <T> Future<Void> each(Iterable<T> things, int most, Function<T, Future<?>> step) {
    Abreast<T> abreast = new Abreast<>(things.iterator(), most, step);
    for (int i = 0; i < most; i++) {
      abreast.walk();
    }
    return abreast.done.future();
  }

  /** In a loop where steps are done at once: a step within a step would use up the stack. */
  private void walk() {
    while (true) {
      Optional<T> next = next();
      if (next.isEmpty()) {
        break;
      }
      Future<?> current = step.apply(next.get());
      if (!current.isComplete()) {
        current.onComplete((_, failure) -> goOn(failure));
        return;
      }
      if (current.failed()) {
        done.tryFail(current.cause());
      }
    }
    if (walkers.decrementAndGet() == 0) {
      done.tryComplete();
    }
  }

  private synchronized Optional<T> next() {
    return done.future().isComplete() || !things.hasNext()
        ? Optional.empty()
        : Optional.of(things.next());
  }

  private void goOn(Throwable failure) {
    if (failure != null) {
      done.tryFail(failure);
    }
    walk();
  }
}

package dev.sluice.metadata.redis;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ConcurrentModificationException;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Tries a change again while others come between. It gives up after some seconds: the change was
 * not made then.
 */
final class Attempts {

  private static final int MOST = 60;

  /** So many are made without a pause. */
  private static final int AT_ONCE = 3;

  private static final int LONGEST_PAUSE_MS = 40;
  private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(4);

  private final Vertx vertx;
  private final long begin;

  private Attempts(Vertx vertx, long begin) {
    this.vertx = vertx;
    this.begin = begin;
  }

  /** Asks until there is an answer. */
  static <T> Future<T> of(Vertx vertx, Supplier<Future<Optional<T>>> attempt) {
    return new Attempts(vertx, System.nanoTime()).from(1, attempt);
  }

  private <T> Future<T> from(int number, Supplier<Future<Optional<T>>> attempt) {
    return attempt
        .get()
        .compose(
            answer -> {
              if (answer.isPresent()) {
                return Future.succeededFuture(answer.get());
              }
              if (number == MOST || System.nanoTime() - begin > LONGEST_NANOS) {
                return Future.failedFuture(
                    new ConcurrentModificationException("others change the same all the time"));
              }
              return pause(number).compose(_ -> from(number + 1, attempt));
            });
  }

  /** Of random length, so that two who met do not meet again. */
  private Future<?> pause(int number) {
    if (number <= AT_ONCE) {
      return Future.succeededFuture();
    }
    int longest = Math.min(number, LONGEST_PAUSE_MS);
    return vertx.timer(ThreadLocalRandom.current().nextInt(1, longest + 1), TimeUnit.MILLISECONDS);
  }
}

package dev.sluice.metadata.redis;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ConcurrentModificationException;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Tries a change again while others come between. It gives up after about a second: the change was
 * not made then.
 */
final class Attempts {

  private static final int MOST = 60;

  /** So many are made without a pause. */
  private static final int AT_ONCE = 3;

  private static final int LONGEST_PAUSE_MS = 40;

  private Attempts() {}

  /** Asks until there is an answer. */
  static <T> Future<T> of(Vertx vertx, Supplier<Future<Optional<T>>> attempt) {
    return of(vertx, attempt, 1);
  }

  private static <T> Future<T> of(Vertx vertx, Supplier<Future<Optional<T>>> attempt, int number) {
    return attempt
        .get()
        .compose(
            answer -> {
              if (answer.isPresent()) {
                return Future.succeededFuture(answer.get());
              }
              if (number == MOST) {
                return Future.failedFuture(
                    new ConcurrentModificationException("others change the same all the time"));
              }
              return pause(vertx, number).compose(_ -> of(vertx, attempt, number + 1));
            });
  }

  /** Of random length, so that two who met do not meet again. */
  private static Future<?> pause(Vertx vertx, int number) {
    if (number <= AT_ONCE) {
      return Future.succeededFuture();
    }
    int longest = Math.min(number, LONGEST_PAUSE_MS);
    return vertx.timer(ThreadLocalRandom.current().nextInt(1, longest + 1), TimeUnit.MILLISECONDS);
  }
}

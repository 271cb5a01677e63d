package dev.sluice.storage.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what must come, with a generous bound. */
public final class Waiting {

  private static final long BOUND_SECONDS = 60;

  private Waiting() {}

  /** What a future comes to. */
  public static <T> T get(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(BOUND_SECONDS, TimeUnit.SECONDS);
  }

  /** Why a future failed. */
  public static Throwable failure(Future<?> future) throws Exception {
    try {
      throw new AssertionError("it came to " + get(future));
    } catch (ExecutionException failed) {
      return failed.getCause();
    }
  }

  /** Returns once that is so. */
  public static void until(BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(BOUND_SECONDS);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      LockSupport.parkNanos(1_000_000);
    }
  }
}

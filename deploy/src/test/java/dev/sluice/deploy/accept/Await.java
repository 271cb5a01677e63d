package dev.sluice.deploy.accept;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Polling of a condition of another process, every 20 ms, up to a deadline. */
final class Await {
  private static final long PAUSE_NANOS = Duration.ofMillis(20).toNanos();

  private Await() {}

  /** Lets time pass for which a fault is to last; nothing is expected to have happened by then. */
  static void pass(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  /** Returns when the condition holds; fails with {@code what} when it does not by the deadline. */
  static void until(String what, Duration deadline, Callable<Boolean> condition) throws Exception {
    long end = System.nanoTime() + deadline.toNanos();
    while (!condition.call()) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("not within " + deadline + ": " + what);
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }
}

package dev.sluice.fetcher.fake;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Guards state that event loops change and tests wait upon. */
final class Monitor {
  /** How long a test waits where it names no deadline of its own. */
  static final Duration PATIENCE = Duration.ofSeconds(10);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /** Looks at the state, or changes it and wakes those who wait. */
  <T> T hold(Supplier<T> work) {
    lock.lock();
    try {
      T result = work.get();
      changed.signalAll();
      return result;
    } finally {
      lock.unlock();
    }
  }

  /** Blocks until the condition holds; past the deadline it fails with the complaint. */
  void await(BooleanSupplier condition, Duration deadline, Supplier<String> complaint) {
    lock.lock();
    try {
      long left = deadline.toNanos();
      while (!condition.getAsBoolean()) {
        if (left <= 0) {
          throw new AssertionError("after " + deadline + ": " + complaint.get());
        }
        left = changed.awaitNanos(left);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted: " + complaint.get(), stopped);
    } finally {
      lock.unlock();
    }
  }
}

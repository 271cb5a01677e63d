package dev.sluice.fetcher.pull;

import dev.sluice.fetcher.FetchMetrics;
import dev.sluice.metadata.Account;
import dev.sluice.metadata.RateLimit;
import dev.sluice.storage.FillOutcome;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Counts the fills that have ended, for tests that wait for them; and tells of limits. */
public final class FillCount implements FetchMetrics {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final AtomicInteger begun = new AtomicInteger();
  private final AtomicInteger mismatches = new AtomicInteger();
  private volatile Runnable whenLimited = () -> {};
  private int ended;

  @Override
  public void fillStarted() {
    begun.incrementAndGet();
  }

  @Override
  public void mismatch(String rule) {
    mismatches.incrementAndGet();
  }

  @Override
  public void fillEnded(FillOutcome outcome, Duration took) {
    lock.lock();
    try {
      ended++;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void rateLimit(Account account, RateLimit limit) {
    whenLimited.run();
  }

  /** Does this whenever an account's limit becomes known, before any question heeds it. */
  public void whenLimited(Runnable then) {
    whenLimited = then;
  }

  /** How many have begun. */
  public int begun() {
    return begun.get();
  }

  /** How often upstream sent other bytes than it was asked for. */
  public int mismatches() {
    return mismatches.get();
  }

  void await(int count) {
    lock.lock();
    try {
      long left = TimeUnit.SECONDS.toNanos(15);
      while (ended < count) {
        if (left <= 0) {
          throw new AssertionError(ended + " of " + count + " fills have ended");
        }
        left = changed.awaitNanos(left);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new AssertionError(stopped);
    } finally {
      lock.unlock();
    }
  }
}

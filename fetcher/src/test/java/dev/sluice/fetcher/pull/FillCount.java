package dev.sluice.fetcher.pull;

import dev.sluice.fetcher.FetchMetrics;
import dev.sluice.metadata.Account;
import dev.sluice.metadata.RateLimit;
import dev.sluice.storage.FillOutcome;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntSupplier;

/** Counts what a fetcher has heard and ended, for tests that wait for it; and tells of limits. */
public final class FillCount implements FetchMetrics {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final AtomicInteger begun = new AtomicInteger();
  private final AtomicInteger mismatches = new AtomicInteger();
  private final LongAdder received = new LongAdder();
  private volatile Runnable whenLimited = () -> {};
  private int ended;
  private int heard;

  @Override
  public void upstreamRequest(String rule, int status) {
    lock.lock();
    try {
      heard++;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void upstreamBytes(String rule, long bytes) {
    received.add(bytes);
  }

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

  /** How many bytes of bodies upstreams have sent. */
  long received() {
    return received.sum();
  }

  /** How many have begun. */
  public int begun() {
    return begun.get();
  }

  /** How often upstream sent other bytes than it was asked for. */
  public int mismatches() {
    return mismatches.get();
  }

  /** How many requests have come to their end, as the fetcher sees it. */
  int heard() {
    lock.lock();
    try {
      return heard;
    } finally {
      lock.unlock();
    }
  }

  void awaitHeard(int count) {
    await(count, () -> heard, "requests");
  }

  void await(int count) {
    await(count, () -> ended, "fills");
  }

  private void await(int count, IntSupplier sofar, String what) {
    lock.lock();
    try {
      long left = TimeUnit.SECONDS.toNanos(15);
      while (sofar.getAsInt() < count) {
        if (left <= 0) {
          throw new AssertionError(sofar.getAsInt() + " of " + count + ' ' + what + " have ended");
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

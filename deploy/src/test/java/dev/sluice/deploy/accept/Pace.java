package dev.sluice.deploy.accept;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** How fast an upstream sends the blobs of a test, and when it may begin. */
final class Pace {
  private static final long UNSET = Long.MIN_VALUE;
  private static final int LARGEST_CHUNK = 64 * 1024;
  private static final int WRITES_PER_SECOND = 10;

  private final long bytesPerSecond;
  private final CountDownLatch gate;
  private final AtomicLong begun = new AtomicLong(UNSET);

  private Pace(long bytesPerSecond, CountDownLatch gate) {
    this.bytesPerSecond = bytesPerSecond;
    this.gate = gate;
  }

  static Pace of(long bytesPerSecond) {
    return new Pace(bytesPerSecond, new CountDownLatch(0));
  }

  /** The same, but no layer's answer begins before the gate is open or 8 seconds have passed. */
  static Pace behind(CountDownLatch gate, long bytesPerSecond) {
    return new Pace(bytesPerSecond, gate);
  }

  /** Waits for the gate: less than a node's deadline for headers, so that a fault shows itself. */
  void awaitGate() {
    try {
      if (!gate.await(8, TimeUnit.SECONDS)) {
        throw new IllegalStateException("the gate of this upstream stayed shut");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Notes the moment just before the first byte of the first layer is sent. */
  void begin() {
    begun.compareAndSet(UNSET, System.nanoTime());
  }

  /** {@link System#nanoTime} just before the first byte of the first layer. */
  long begunAt() {
    return begun.get();
  }

  /** Bytes of one write: a slow upstream sends small pieces often, not large ones seldom. */
  int chunk() {
    return Math.clamp(bytesPerSecond / WRITES_PER_SECOND, 1, LARGEST_CHUNK);
  }

  /** Waits until the given number of bytes is due, for a body that began at {@code startNanos}. */
  void awaitTurn(long startNanos, long sent) {
    double due = startNanos + 1e9 * sent / bytesPerSecond;
    for (double left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
      LockSupport.parkNanos((long) left + 1);
    }
  }
}

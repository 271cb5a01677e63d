package dev.sluice.metadata.shared;

import java.util.concurrent.atomic.AtomicInteger;

/** Counts how things stand with an authority. */
final class Health implements AuthorityHealth {

  private final AtomicInteger failed = new AtomicInteger();
  private final AtomicInteger dropped = new AtomicInteger();
  private final AtomicInteger restored = new AtomicInteger();
  private volatile boolean spared;
  private volatile int waiting;

  int failures() {
    return failed.get();
  }

  int droppedWrites() {
    return dropped.get();
  }

  int restoredEntries() {
    return restored.get();
  }

  boolean isSpared() {
    return spared;
  }

  int waitingWrites() {
    return waiting;
  }

  @Override
  public void failed() {
    failed.incrementAndGet();
  }

  @Override
  public void spared(boolean isSpared) {
    spared = isSpared;
  }

  @Override
  public void waiting(int writes) {
    waiting = writes;
  }

  @Override
  public void dropped() {
    dropped.incrementAndGet();
  }

  @Override
  public void restored() {
    restored.incrementAndGet();
  }
}

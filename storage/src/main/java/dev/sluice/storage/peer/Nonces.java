package dev.sluice.storage.peer;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The nonces that were seen lately. Where there are too many to remember, the oldest half is
 * forgotten early: who sends a request again that he saw go by gets bytes that he saw go by, too,
 * so that this hurts less than turning nodes away.
 */
final class Nonces {

  /** Both halves come to some 20 MB. */
  private static final int MOST_IN_A_HALF = 100_000;

  private final Clock clock;
  private final Duration remembered;
  private final ReentrantLock lock = new ReentrantLock();
  private Set<String> young = new HashSet<>();
  private Set<String> old = Set.of();
  private Instant begun;

  /**
   * @param remembered how long at least
   */
  Nonces(Clock clock, Duration remembered) {
    this.clock = clock;
    this.remembered = remembered;
    this.begun = clock.instant();
  }

  /** Notes a nonce; false where it was seen before. */
  boolean isNew(String nonce) {
    lock.lock();
    try {
      turnOver();
      return !old.contains(nonce) && young.add(nonce);
    } finally {
      lock.unlock();
    }
  }

  private void turnOver() {
    Instant now = clock.instant();
    if (young.size() < MOST_IN_A_HALF && now.isBefore(begun.plus(remembered))) {
      return;
    }
    old = young;
    young = new HashSet<>();
    begun = now;
  }
}

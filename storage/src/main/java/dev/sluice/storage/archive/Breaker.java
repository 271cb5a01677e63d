package dev.sluice.storage.archive;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Spares everybody the wait for a store that does not answer: after some failures in a row nobody
 * is let through but one now and then, who finds out whether it is back.
 */
final class Breaker {

  private static final int FAILURES = 3;
  private static final Duration PAUSE = Duration.ofSeconds(10);

  private final Clock clock;
  private int failures;
  private Instant next = Instant.MIN;

  Breaker(Clock clock) {
    this.clock = clock;
  }

  /** Whether the store is taken to answer. */
  synchronized boolean isClosed() {
    return failures < FAILURES;
  }

  /** Whether the store may be asked now; who is let through says what came of it. */
  synchronized boolean letsThrough() {
    if (failures < FAILURES) {
      return true;
    }
    Instant now = clock.instant();
    if (now.isBefore(next)) {
      return false;
    }
    next = now.plus(PAUSE);
    return true;
  }

  /** The store answered; whether it is only now taken to answer again. */
  synchronized boolean answered() {
    boolean wasOpen = failures >= FAILURES;
    failures = 0;
    return wasOpen;
  }

  /** The store did not answer; whether it is only now taken not to. */
  synchronized boolean failed() {
    failures++;
    next = clock.instant().plus(PAUSE);
    return failures == FAILURES;
  }
}

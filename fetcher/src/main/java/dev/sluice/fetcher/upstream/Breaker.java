package dev.sluice.fetcher.upstream;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Spares an upstream that failed several times in a row, and spares its clients the wait: it is not
 * asked at all, but for one probe now and then. The first answer ends that. Confined to one
 * context.
 */
final class Breaker {

  private static final int FAILURES = 5;

  private static final Duration PROBE_EVERY = Duration.ofSeconds(30);

  private final Clock clock;
  private int failures;
  private Instant lastFailure = Instant.MIN;

  Breaker(Clock clock) {
    this.clock = clock;
  }

  /** Whether the upstream is being spared, probes aside. */
  boolean isOpen() {
    return failures >= FAILURES;
  }

  /** Whether a question may go out now; who is let through an open breaker is its probe. */
  boolean lets() {
    if (isOpen() && !untilProbe().isZero()) {
      return false;
    }
    if (isOpen()) {
      lastFailure = clock.instant();
    }
    return true;
  }

  /** How long until a question may go out again. */
  Duration untilProbe() {
    if (!isOpen()) {
      return Duration.ZERO;
    }
    Duration since = Duration.between(lastFailure, clock.instant());
    // A failure in the future: the clock was set back, and must not keep the breaker open.
    return since.isNegative() || since.compareTo(PROBE_EVERY) >= 0
        ? Duration.ZERO
        : PROBE_EVERY.minus(since);
  }

  /** The upstream answered, whatever it said. */
  void answered() {
    failures = 0;
  }

  /** The upstream could not be reached, or failed. */
  void failed() {
    failures++;
    lastFailure = clock.instant();
  }
}

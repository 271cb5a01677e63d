package dev.sluice.fetcher.upstream;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Spares an upstream that failed several times in a row, and spares its clients the wait: it is not
 * asked at all, but for one probe now and then. The first answer ends that. Confined to one
 * context.
 *
 * <p>One ill repository is not an ill upstream: however often the same question fails, it counts
 * once, and as a probe it has to let others go first.
 */
final class Breaker {

  private static final int FAILURES = 5;

  private static final Duration PROBE_EVERY = Duration.ofSeconds(30);

  /** How many questions are known to fail; of more the first is forgotten. */
  private static final int MOST_ILL = 100;

  private final Clock clock;
  private final Set<Question> ill = new LinkedHashSet<>();
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
  boolean lets(Question question) {
    if (!untilProbe(question).isZero()) {
      return false;
    }
    if (isOpen()) {
      lastFailure = clock.instant();
    }
    return true;
  }

  /** How long until this question may go out. */
  Duration untilProbe(Question question) {
    return ill.contains(question) ? until(PROBE_EVERY.multipliedBy(2)) : untilProbe();
  }

  /** How long until some question may go out. */
  Duration untilProbe() {
    return until(PROBE_EVERY);
  }

  private Duration until(Duration pause) {
    if (!isOpen()) {
      return Duration.ZERO;
    }
    Duration since = Duration.between(lastFailure, clock.instant());
    // A failure in the future: the clock was set back, and must not keep the breaker open.
    return since.isNegative() || since.compareTo(pause) >= 0 ? Duration.ZERO : pause.minus(since);
  }

  /** The upstream answered, whatever it said. */
  void answered(Question question) {
    failures = 0;
    ill.remove(question);
  }

  /** The upstream could not be reached. */
  void failed() {
    failures++;
    lastFailure = clock.instant();
  }

  /** The upstream answered this question with a failure of its own. */
  void failed(Question question) {
    lastFailure = clock.instant();
    if (!ill.add(question)) {
      return;
    }
    failures++;
    if (ill.size() > MOST_ILL) {
      ill.remove(ill.iterator().next());
    }
  }
}

package dev.sluice.fetcher.upstream;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Pauses between attempts: doubling, capped, and anywhere between nothing and that ("full jitter"),
 * so that those who failed together do not come back together.
 *
 * @param first the most that the first pause takes
 * @param most the most that any takes
 */
public record Backoff(Duration first, Duration most) {

  /** The pause before another attempt, after so many that failed: 1 or more. */
  public Duration pause(int failed, RandomGenerator random) {
    return Duration.ofNanos(random.nextLong(ceiling(failed).toNanos() + 1));
  }

  /** The longest such a pause may take. */
  public Duration ceiling(int failed) {
    // Beyond 2^30 the cap has long been reached, whatever the first pause.
    Duration doubled = first.multipliedBy(1L << Math.clamp(failed - 1L, 0, 30));
    return doubled.compareTo(most) < 0 ? doubled : most;
  }
}

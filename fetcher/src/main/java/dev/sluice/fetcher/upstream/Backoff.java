package dev.sluice.fetcher.upstream;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Pauses before an upstream is asked again: their bound doubles up to a cap, and each is drawn
 * evenly from nothing up to its bound, so that many who were cut at once do not return at once.
 *
 * @param base the bound of the first pause
 * @param most the bound that is not exceeded
 */
public record Backoff(Duration base, Duration most) {

  /** Doubling more often than this exceeds every sensible cap. */
  private static final int MOST_DOUBLINGS = 30;

  /**
   * The pause before an attempt.
   *
   * @param attempt from 1
   */
  public Duration before(int attempt, RandomGenerator random) {
    long doubled = base.toMillis() << Math.clamp(attempt - 1L, 0, MOST_DOUBLINGS);
    long bound = Math.clamp(doubled, 0, most.toMillis());
    return Duration.ofMillis(random.nextLong(bound + 1));
  }
}

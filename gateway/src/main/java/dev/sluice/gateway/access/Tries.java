package dev.sluice.gateway.access;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * Wrong tries that belong together.
 *
 * @param recent of the last minute, as many as are needed
 * @param waits how often a wait was imposed
 * @param waitUntil when the next try will be looked at
 */
record Tries(List<Instant> recent, int waits, Instant waitUntil) {

  static final Tries NONE = new Tries(List.of(), 0, Instant.MIN);

  private static final Duration WINDOW = Duration.ofMinutes(1);
  private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

  /** Enough to double the first wait beyond the longest. */
  private static final int MOST_DOUBLINGS = 6;

  /** Zero or negative where the next try will be looked at. */
  Duration wait(Instant now) {
    return waits == 0 ? Duration.ZERO : Duration.between(now, waitUntil);
  }

  /**
   * With one try more. Once a wait was imposed, each further try doubles it.
   *
   * @param free how many tries a minute bring no wait, and one more
   */
  Tries and(Instant now, int free) {
    Instant start = now.minus(WINDOW);
    List<Instant> tries =
        Stream.concat(recent.stream().filter(at -> at.isAfter(start)), Stream.of(now)).toList();
    return waits == 0 && tries.size() < free
        ? new Tries(tries, 0, waitUntil)
        : new Tries(List.of(), waits + 1, now.plus(nextWait()));
  }

  private Duration nextWait() {
    Duration wait = FIRST_WAIT.multipliedBy(1L << Math.min(waits, MOST_DOUBLINGS));
    return wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT;
  }
}

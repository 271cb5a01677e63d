package dev.sluice.fetcher.upstream;

import dev.sluice.metadata.Allowance;
import dev.sluice.metadata.RateLimit;
import java.time.Duration;
import java.time.Instant;

/** How one account stands with its registry. Confined to one context. */
final class Standing {

  /** How long an allowance counts whose window the registry did not name. */
  private static final Duration USUAL_WINDOW = Duration.ofHours(1);

  private static final Duration REST = Duration.ofMinutes(1);

  /** What is known of its limit. */
  RateLimit known = RateLimit.UNKNOWN;

  /** How many of this node's questions are out that will cost a pull. */
  int pullsOut;

  private Instant restsUntil = Instant.EPOCH;

  /** The higher, the later it was used. */
  long lastTurn;

  /** How long the registry does not want to be asked this; zero where it may be asked now. */
  Duration barred(Question question, Instant now) {
    Duration all = until(known.requestsFrom(), now);
    Duration pulls = question.countsAsPull() ? until(known.pullsFrom(), now) : Duration.ZERO;
    return all.compareTo(pulls) > 0 ? all : pulls;
  }

  /**
   * No bar is longer than the longest ever set. One that seems so was set by a clock that was a bit
   * ahead; or by one that was set back since, and then it is over.
   */
  private static Duration until(Instant from, Instant now) {
    Duration left = Duration.between(now, from);
    if (left.isNegative() || left.compareTo(RetryAfter.MOST.multipliedBy(2)) > 0) {
      return Duration.ZERO;
    }
    return left.compareTo(RetryAfter.MOST) > 0 ? RetryAfter.MOST : left;
  }

  /** Whether its credential was of no use a moment ago, so that others go first. */
  boolean rests(Instant now) {
    Duration left = Duration.between(now, restsUntil);
    return left.isPositive() && left.compareTo(REST) <= 0;
  }

  /** Its credential is of no use. */
  void rest(Instant now) {
    restsUntil = now.plus(REST);
  }

  /**
   * How long what is left is kept for people's pulls: until the registry's window has passed, or
   * zero where there is enough for all.
   *
   * @param reservePercent of the limit
   */
  Duration keptForPeople(int reservePercent, Instant now) {
    if (known.allowance().isEmpty()) {
      return Duration.ZERO;
    }
    Allowance allowance = known.allowance().get();
    Duration age = Duration.between(allowance.seenAt(), now);
    Duration window = allowance.window().isZero() ? USUAL_WINDOW : allowance.window();
    long reserve = Math.ceilDiv(allowance.limit() * reservePercent, 100);
    boolean outdated = age.isNegative() || age.compareTo(window) >= 0;
    return outdated || allowance.remaining() - pullsOut > reserve
        ? Duration.ZERO
        : window.minus(age);
  }
}

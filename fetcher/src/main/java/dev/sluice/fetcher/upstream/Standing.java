package dev.sluice.fetcher.upstream;

import dev.sluice.metadata.Allowance;
import dev.sluice.metadata.RateLimit;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** How one account stands with its registry. Confined to one context. */
final class Standing {

  /** How long an allowance counts whose window the registry did not name. */
  private static final Duration USUAL_WINDOW = Duration.ofHours(1);

  /** What is known of its limit. */
  RateLimit known = new RateLimit(Optional.empty(), Instant.EPOCH, Instant.EPOCH, 0);

  /** How many of this node's questions are out that will cost a pull. */
  int pullsOut;

  /** The higher, the later it was used. */
  long lastTurn;

  /** How long the registry does not want to be asked this; zero where it may be asked now. */
  Duration barred(Question question, Instant now) {
    Duration all = until(known.requestsFrom(), now);
    Duration pulls = question.countsAsPull() ? until(known.pullsFrom(), now) : Duration.ZERO;
    return all.compareTo(pulls) > 0 ? all : pulls;
  }

  /** No bar is longer than the longest ever set: one that seems so was set by another clock. */
  private static Duration until(Instant from, Instant now) {
    Duration left = Duration.between(now, from);
    return left.isNegative() || left.compareTo(RetryAfter.MOST) > 0 ? Duration.ZERO : left;
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

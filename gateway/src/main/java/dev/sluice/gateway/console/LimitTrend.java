package dev.sluice.gateway.console;

import dev.sluice.metadata.Allowance;
import dev.sluice.metadata.RateLimit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** How an account stands with its registry, and where that leads to. Used from any thread. */
final class LimitTrend {

  private static final int MOST_SEEN = 60;

  /** From longer ago nothing follows for what comes. */
  private static final Duration WINDOW = Duration.ofMinutes(15);

  private RateLimit now = RateLimit.UNKNOWN;
  private final Deque<Allowance> seen = new ArrayDeque<>();

  synchronized void set(RateLimit limit) {
    now = limit;
    limit.allowance().ifPresent(this::see);
  }

  private void see(Allowance allowance) {
    boolean isRefilled = !seen.isEmpty() && allowance.remaining() > seen.getLast().remaining();
    if (isRefilled) {
      seen.clear();
    }
    seen.addLast(allowance);
    Instant oldest = allowance.seenAt().minus(WINDOW);
    while (seen.size() > MOST_SEEN || seen.getFirst().seenAt().isBefore(oldest)) {
      seen.removeFirst();
    }
  }

  /** What is known of it. */
  synchronized RateLimit now() {
    return now;
  }

  /**
   * When nothing is left, if it goes on as in the last minutes; empty where it does not go down.
   */
  synchronized Optional<Instant> exhaustedAt() {
    if (seen.size() < 2) {
      return Optional.empty();
    }
    Allowance last = seen.getLast();
    long used = seen.getFirst().remaining() - last.remaining();
    long millis = Duration.between(seen.getFirst().seenAt(), last.seenAt()).toMillis();
    return used <= 0 || millis <= 0
        ? Optional.empty()
        : Optional.of(last.seenAt().plusMillis(last.remaining() * millis / used));
  }
}

package dev.sluice.fetcher.pull;

import dev.sluice.fetcher.Refused;
import dev.sluice.fetcher.warmup.Progress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Waits for an upstream to be asked again. Its methods wait; confined to one context. */
final class Patience {

  /** Asking the ledger costs upstream nothing, and people may have heard of a new window. */
  private static final Duration LONGEST = Duration.ofMinutes(1);

  private static final Duration LOOK = Duration.ofSeconds(1);

  private final Clock clock;
  private final Tasks tasks;

  Patience(Clock clock, Tasks tasks) {
    this.clock = clock;
    this.tasks = tasks;
  }

  /** Waits for as long as a refusal says, up to a minute, or until the warm-up is over. */
  void sitOut(Progress progress, Refused why) {
    Duration asked = why.retryAfter();
    Instant until = clock.instant().plus(asked.compareTo(LONGEST) < 0 ? asked : LONGEST);
    do {
      progress.waits(why.message());
      tasks.pause(LOOK);
    } while (!progress.isOver() && clock.instant().isBefore(until));
  }
}

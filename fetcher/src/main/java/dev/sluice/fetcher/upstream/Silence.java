package dev.sluice.fetcher.upstream;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** How long an upstream has left every question unanswered. Confined to one context. */
final class Silence {

  private final Clock clock;
  private int unanswered;
  private Instant since;

  Silence(Clock clock) {
    this.clock = clock;
    this.since = clock.instant();
  }

  /** A question went out. */
  void asked() {
    if (unanswered++ == 0) {
      since = clock.instant();
    }
  }

  /** A question came to its end. */
  void ended(boolean answered) {
    unanswered--;
    if (answered) {
      since = clock.instant();
    }
  }

  /** Zero while nothing is asked. */
  Duration lasts() {
    return unanswered == 0 ? Duration.ZERO : Duration.between(since, clock.instant());
  }
}

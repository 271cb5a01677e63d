package dev.sluice.fetcher.pull;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

/** How far a fill was when somebody looked, and since when. Used from any thread. */
final class Growth {

  private final Instant begun;
  private final AtomicReference<Seen> last;

  private record Seen(long readable, Instant since) {}

  /** Of a fill that has begun now. */
  Growth(Instant begun) {
    this.begun = begun;
    last = new AtomicReference<>(new Seen(0, begun));
  }

  /** When it has begun. */
  Instant begun() {
    return begun;
  }

  /** For how long no byte more than these was seen. */
  Duration stillness(long readable, Instant now) {
    Seen seen =
        last.updateAndGet(before -> before.readable == readable ? before : new Seen(readable, now));
    return Duration.between(seen.since, now);
  }
}

package dev.sluice.gateway.console;

import dev.sluice.gateway.Pull;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * The last pulls of this node, and sums over all since its start. Told of every pull, on event
 * loops: it takes no lock and makes no object.
 */
public final class Activity {

  /** How many are remembered at least. */
  public static final int KEPT = 1_000;

  private static final int PLACES = 1_024;
  private static final int RATE_SECONDS = 10;

  private final AtomicReferenceArray<Pull> places = new AtomicReferenceArray<>(PLACES);
  private final AtomicLong count = new AtomicLong();
  private final LongAdder hits = new LongAdder();
  private final LongAdder misses = new LongAdder();
  private final LongAdder stale = new LongAdder();
  private final LongAdder coalesced = new LongAdder();
  private final LongAdder bytes = new LongAdder();

  /**
   * What was pulled since the start.
   *
   * @param requests of any outcome; some end without content, and are none of the other kinds
   */
  public record Totals(
      long requests, long hits, long misses, long stale, long coalesced, long bytesServed) {}

  /** Takes note of a pull that has ended. */
  public void ended(Pull pull) {
    places.setRelease((int) (count.getAndIncrement() & (PLACES - 1)), pull);
    bytes.add(pull.bytes());
    LongAdder kind =
        switch (pull.cache()) {
          case "hit" -> hits;
          case "miss" -> misses;
          case "stale" -> stale;
          case "coalesced" -> coalesced;
          default -> null;
        };
    if (kind != null) {
      kind.increment();
    }
  }

  /** The sums. */
  Totals totals() {
    return new Totals(
        count.get(), hits.sum(), misses.sum(), stale.sum(), coalesced.sum(), bytes.sum());
  }

  /** How many pulls were noted; what to ask for {@link #since} later. */
  long position() {
    return count.get();
  }

  /** Pulls that were noted after a position, the newest first: as many as are asked for. */
  List<Pull> since(long position, int most) {
    List<Pull> pulls = new ArrayList<>();
    long end = count.get();
    long oldest = Math.max(Math.max(0, position), end - KEPT);
    for (long at = end - 1; at >= oldest && pulls.size() < most; at--) {
      Pull pull = places.getAcquire((int) (at & (PLACES - 1)));
      if (pull != null) {
        pulls.add(pull);
      }
    }
    return pulls;
  }

  /**
   * Pulls a second over the last ten; where there were more than are remembered, over the time that
   * is.
   *
   * @param now in milliseconds since 1970
   */
  double perSecond(long now) {
    List<Pull> last = since(0, KEPT);
    long from = now - RATE_SECONDS * 1000L;
    long recent = last.stream().filter(pull -> pull.endedAt() > from).count();
    double millis =
        recent < KEPT ? RATE_SECONDS * 1000.0 : Math.max(1, now - last.getLast().endedAt());
    return recent * 1000 / millis;
  }
}

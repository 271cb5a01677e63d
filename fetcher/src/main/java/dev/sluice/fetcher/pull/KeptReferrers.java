package dev.sluice.fetcher.pull;

import dev.sluice.fetcher.Referrer;
import dev.sluice.fetcher.ReferrersAnswer;
import dev.sluice.fetcher.ReferrersAnswer.Listed;
import dev.sluice.fetcher.ReferrersRequest;
import dev.sluice.metadata.Rule;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Lists of referrers of a moment ago, so that a fleet that verifies one image costs one question.
 * Bounded by what they weigh: those that nobody asks for go first. Confined to one context.
 */
final class KeptReferrers {

  /** What upstream has said counts for so long; long against a storm, short against a person. */
  static final Duration KEPT = Duration.ofSeconds(30);

  /** Trouble may be over by then. */
  static final Duration TROUBLE_KEPT = Duration.ofSeconds(5);

  /** In characters of descriptors. */
  static final long MOST = 16L << 20;

  /** What a list and a descriptor cost besides their text. */
  private static final long OVERHEAD = 256;

  private final Clock clock;
  private final Map<Key, Noted> noted = new LinkedHashMap<>(16, 0.75f, true);
  private long weight;

  /**
   * What is listed, and under which circumstances.
   *
   * @param era of the repository; lists of an earlier one may name what was deleted
   */
  record Key(Rule rule, ReferrersRequest request, long era) {}

  private record Noted(ReferrersAnswer answer, Instant at, Duration life) {

    /** Not so at a time before the noting: the clock was set back. */
    boolean holds(Instant now) {
      return !now.isBefore(at) && now.isBefore(at.plus(life));
    }

    long weight() {
      return OVERHEAD
          + listed(answer).stream().mapToLong(one -> OVERHEAD + one.descriptor().length()).sum();
    }
  }

  KeptReferrers(Clock clock) {
    this.clock = clock;
  }

  /** An answer that still counts. */
  Optional<ReferrersAnswer> find(Key key) {
    return Optional.ofNullable(noted.get(key))
        .filter(known -> known.holds(clock.instant()))
        .map(Noted::answer);
  }

  /** What was listed last, however long ago. */
  List<Referrer> last(Key key) {
    Noted known = noted.get(key);
    return known == null ? List.of() : listed(known.answer);
  }

  /** Keeps an answer. */
  void keep(Key key, ReferrersAnswer answer) {
    boolean isWhole = answer instanceof Listed(_, var staleReason) && staleReason.isEmpty();
    Noted now = new Noted(answer, clock.instant(), isWhole ? KEPT : TROUBLE_KEPT);
    Noted before = noted.put(key, now);
    weight += now.weight() - (before == null ? 0 : before.weight());
    Iterator<Noted> eldest = noted.values().iterator();
    while (weight > MOST) {
      weight -= eldest.next().weight();
      eldest.remove();
    }
  }

  private static List<Referrer> listed(ReferrersAnswer answer) {
    return answer instanceof Listed(var referrers, _) ? referrers : List.of();
  }
}

package dev.sluice.fetcher.pull;

import dev.sluice.fetcher.Refused;
import dev.sluice.metadata.Rule;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The objects for which an upstream sent other bytes again and again, and from when on each may be
 * asked for again: after 1 s, then twice as long every time, at most 5 min. Bounded: the one
 * longest left alone is forgotten first. Confined to one context.
 *
 * <p>By repository, because the size that a blob is measured by is what a manifest there says: a
 * forged manifest closes nobody else's door.
 */
final class Quarantine {

  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration MOST = Duration.ofMinutes(5);
  private static final int CAPACITY = 10_000;

  private final Clock clock;
  private final Map<Suspect, Term> terms =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Suspect, Term> eldest) {
          return size() > CAPACITY;
        }
      };

  private record Suspect(Rule rule, String what) {}

  private record Term(String reason, Duration length, Instant end) {}

  Quarantine(Clock clock) {
    this.clock = clock;
  }

  /**
   * Why an object must not be asked for now; empty where it may be.
   *
   * @param what in the words of messages, with its repository
   */
  Optional<Refused> refusal(Rule rule, String what) {
    Suspect suspect = new Suspect(rule, what);
    Term term = terms.get(suspect);
    if (term == null) {
      return Optional.empty();
    }
    Duration left = Duration.between(clock.instant(), term.end);
    if (left.compareTo(term.length) > 0) {
      // The clock was set back: the term begins anew, or it would last until the clock caught up.
      return Optional.of(begin(suspect, term.reason, term.length));
    }
    return left.isPositive()
        ? Optional.of(Refusals.wrong(rule, what, term.reason, roundedUp(left)))
        : Optional.empty();
  }

  /** Wrong bytes came again: the object is left alone, for twice as long as the last time. */
  Refused lock(Rule rule, String what, String reason) {
    Suspect suspect = new Suspect(rule, what);
    Term before = terms.remove(suspect);
    Duration doubled = before == null ? FIRST : before.length.multipliedBy(2);
    return begin(suspect, reason, doubled.compareTo(MOST) > 0 ? MOST : doubled);
  }

  private Refused begin(Suspect suspect, String reason, Duration length) {
    terms.put(suspect, new Term(reason, length, clock.instant().plus(length)));
    return Refusals.wrong(suspect.rule, suspect.what, reason, length);
  }

  /** The right bytes came. */
  void clear(Rule rule, String what) {
    terms.remove(new Suspect(rule, what));
  }

  /** How many are kept. */
  int size() {
    return terms.size();
  }

  /** Headers carry whole seconds. */
  private static Duration roundedUp(Duration left) {
    return Duration.ofSeconds(left.plusNanos(999_999_999).toSeconds());
  }
}

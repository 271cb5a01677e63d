package dev.sluice.fetcher.pull;

import dev.sluice.fetcher.Refused;
import dev.sluice.fetcher.Refused.Reason;
import dev.sluice.fetcher.upstream.UpstreamAnswer;
import dev.sluice.fetcher.upstream.UpstreamAnswer.Absent;
import dev.sluice.metadata.Rule;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What upstreams said a moment ago that they do not have, so that the same question costs them
 * nothing. Confined to one context.
 *
 * <p>Kept in the order of noting, so that of too many the first to be over go first. Each belongs
 * to its whole rule: under a changed one upstream is asked anew.
 */
final class Absences {

  /** For so long upstream's word counts. */
  static final Duration KEPT = Duration.ofSeconds(30);

  /** How many are kept. */
  static final int MOST = 10_000;

  private final Clock clock;
  private final Map<Key, Noted> noted =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Noted> eldest) {
          return size() > MOST;
        }
      };

  private record Key(Rule rule, String what) {}

  private record Noted(Instant at, Refused refusal) {

    /** Not so at a time before the noting: the clock was set back. */
    boolean holds(Instant now) {
      return !now.isBefore(at) && now.isBefore(at.plus(KEPT));
    }
  }

  Absences(Clock clock) {
    this.clock = clock;
  }

  /**
   * The refusal of something that upstream does not have, as far as is known.
   *
   * @param what in the words of its messages, with its repository
   */
  Optional<Refused> find(Rule rule, String what) {
    Key key = new Key(rule, what);
    Noted known = noted.get(key);
    if (known == null) {
      return Optional.empty();
    }
    if (!known.holds(clock.instant())) {
      noted.remove(key);
      return Optional.empty();
    }
    return Optional.of(known.refusal);
  }

  /**
   * What a client is told of an answer without content; an absence is noted, and nothing else.
   *
   * @param absent what a 404 of upstream means here
   * @param what as above
   */
  Refused refusal(UpstreamAnswer<?> answer, Rule rule, Reason absent, String what) {
    Refused refusal = Refusals.of(answer, rule, absent, what);
    if (answer instanceof Absent) {
      Key key = new Key(rule, what);
      noted.remove(key);
      noted.put(key, new Noted(clock.instant(), refusal));
    }
    return refusal;
  }

  /** How many are kept now. */
  int size() {
    return noted.size();
  }
}

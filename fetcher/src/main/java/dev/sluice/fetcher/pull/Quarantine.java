package dev.sluice.fetcher.pull;

import dev.sluice.metadata.RepositoryName;
import dev.sluice.metadata.Rule;
import dev.sluice.storage.Digest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The blobs of which an upstream sent other bytes again and again, and from when on each may be
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

  private record Suspect(Rule rule, RepositoryName repository, Digest digest) {}

  private record Term(Duration length, Instant end) {}

  Quarantine(Clock clock) {
    this.clock = clock;
  }

  /** How long a blob must not be asked for; empty where it may be. In whole seconds, rounded up. */
  Optional<Duration> left(BlobOrder order) {
    Term term = terms.get(suspect(order));
    if (term == null) {
      return Optional.empty();
    }
    Duration left = Duration.between(clock.instant(), term.end);
    if (left.compareTo(term.length) > 0) {
      // The clock was set back: the term begins anew, or it would last until the clock caught up.
      left = begin(order, term.length);
    }
    return left.isPositive() ? Optional.of(roundedUp(left)) : Optional.empty();
  }

  /** Wrong bytes came again. How long the blob is left alone now. */
  Duration lock(BlobOrder order) {
    Term before = terms.remove(suspect(order));
    Duration doubled = before == null ? FIRST : before.length.multipliedBy(2);
    return begin(order, doubled.compareTo(MOST) > 0 ? MOST : doubled);
  }

  private Duration begin(BlobOrder order, Duration length) {
    terms.put(suspect(order), new Term(length, clock.instant().plus(length)));
    return length;
  }

  /** The right bytes came. */
  void clear(BlobOrder order) {
    terms.remove(suspect(order));
  }

  /** How many are kept. */
  int size() {
    return terms.size();
  }

  private static Suspect suspect(BlobOrder order) {
    return new Suspect(order.rule(), order.repository(), order.digest());
  }

  private static Duration roundedUp(Duration left) {
    return Duration.ofSeconds(left.plusNanos(999_999_999).toSeconds());
  }
}

package dev.sluice.fetcher.pull;

import dev.sluice.fetcher.Descriptor;
import dev.sluice.fetcher.ManifestAnswer;
import dev.sluice.fetcher.ManifestAnswer.Found;
import dev.sluice.fetcher.Provenance;
import dev.sluice.fetcher.Refused;
import dev.sluice.metadata.Reference.Tag;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.metadata.Rule;
import dev.sluice.metadata.TagEntry;
import dev.sluice.metadata.TagIndex;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tag policy. Fresh: no contact with upstream. Due: one check, shared by all who wait, for no
 * longer than the budget. Upstream failing in any way: what is cached, and a word about it.
 */
final class TagPull {

  private static final Logger LOG = LoggerFactory.getLogger(TagPull.class);

  /** After a check that failed, the stale answer stands this long before the next one. */
  private static final Duration STALE_PAUSE = Duration.ofSeconds(10);

  private static final int MOST_FAILED = 10_000;

  private final TagIndex tags;
  private final Shelf shelf;
  private final TagCheck check;
  private final Tasks tasks;
  private final Clock clock;
  private final Flights<Key, ManifestAnswer> flights = new Flights<>();

  private record Key(RepositoryName repository, Tag tag) {}

  /** Checks that failed a moment ago, which are not begun again for a while. */
  private final Map<Key, Found> failed =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Found> eldest) {
          return size() > MOST_FAILED;
        }
      };

  /** A tag that is cached: where it points, and the manifest there. */
  record Cached(TagEntry entry, Descriptor manifest) {}

  TagPull(TagIndex tags, Shelf shelf, TagCheck check, Tasks tasks, Clock clock) {
    this.tags = tags;
    this.shelf = shelf;
    this.check = check;
    this.tasks = tasks;
    this.clock = clock;
  }

  /**
   * A manifest by tag.
   *
   * @param rule for the repository; empty where only what is cached can be served
   */
  ManifestAnswer byTag(Optional<Rule> rule, RepositoryName repository, Tag tag) {
    Optional<Cached> cached = cached(repository, tag);
    if (rule.isEmpty()) {
      return cached.isPresent()
          ? stale(cached.get(), "no rule covers " + repository + " any more", STALE_PAUSE)
          : Refusals.noRule(repository);
    }
    if (cached.isPresent() && isFresh(cached.get(), rule.get())) {
      return check.fresh(rule.get(), repository, cached.get(), Provenance.HIT);
    }
    Key key = new Key(repository, tag);
    Found lately = failed.get(key);
    if (cached.isPresent() && lately != null && clock.instant().isBefore(lately.usableUntil())) {
      return lately;
    }
    var part =
        flights.join(key, () -> tasks.run(() -> lookAgainThenAsk(rule.get(), repository, tag)));
    return cached.isPresent()
        ? withinBudget(part, cached.get(), rule.get())
        : coalesced(part.result().await(), part.joined());
  }

  private Optional<Cached> cached(RepositoryName repository, Tag tag) {
    return tags.find(repository, tag)
        .await()
        .flatMap(
            entry ->
                shelf
                    .find(repository, entry.digest())
                    .map(manifest -> new Cached(entry, manifest)));
  }

  private boolean isFresh(Cached cached, Rule rule) {
    return cached.entry.isFresh(clock.instant(), rule.policies().checkIntervals().usual());
  }

  private ManifestAnswer lookAgainThenAsk(Rule rule, RepositoryName repository, Tag tag) {
    Optional<Cached> cached = cached(repository, tag);
    if (cached.isEmpty()) {
      return check.first(rule, repository, tag);
    }
    return isFresh(cached.get(), rule)
        ? check.fresh(rule, repository, cached.get(), Provenance.HIT)
        : checked(rule, repository, tag, cached.get());
  }

  private ManifestAnswer checked(Rule rule, RepositoryName repository, Tag tag, Cached cached) {
    Key key = new Key(repository, tag);
    failed.remove(key);
    try {
      return switch (check.again(rule, repository, tag, cached)) {
        case TagCheck.Outcome.Holds(var found) -> found;
        case TagCheck.Outcome.Deleted(var refused) -> refused;
        case TagCheck.Outcome.Failed(var reason) -> noted(key, cached, reason, rule);
      };
    } catch (RuntimeException broken) {
      LOG.error("cannot note the check of {}:{}", repository, tag, broken);
      return noted(key, cached, "this node cannot note the check: " + broken.getMessage(), rule);
    }
  }

  private Found noted(Key key, Cached cached, String reason, Rule rule) {
    Found stale = stale(cached, reason, pause(rule));
    failed.put(key, stale);
    return stale;
  }

  private static Duration pause(Rule rule) {
    Duration interval = rule.policies().checkIntervals().usual();
    return interval.compareTo(STALE_PAUSE) < 0 ? interval : STALE_PAUSE;
  }

  private Found stale(Cached cached, String reason, Duration pause) {
    Instant now = clock.instant();
    return new Found(
        cached.manifest,
        Provenance.STALE,
        Optional.of(cached.entry.checkedAt()),
        now.plus(pause),
        Optional.of(reason));
  }

  private ManifestAnswer withinBudget(Flights.Part<ManifestAnswer> part, Cached cached, Rule rule) {
    // When the budget is used up the check goes on behind; who asks after its end gets what it
    // found.
    return part.result()
        .map(answer -> coalesced(answer, part.joined()))
        .timeout(rule.policies().checkBudget().toMillis(), TimeUnit.MILLISECONDS)
        .recover(
            failure ->
                failure instanceof TimeoutException
                    ? Future.succeededFuture(
                        stale(cached, rule.upstream() + " takes long to answer", Duration.ZERO))
                    : Future.failedFuture(failure))
        .await();
  }

  private static ManifestAnswer coalesced(ManifestAnswer answer, boolean joined) {
    return switch (answer) {
      case Found(var manifest, var how, var checkedAt, var until, var reason)
          when joined && how == Provenance.MISS ->
          new Found(manifest, Provenance.COALESCED, checkedAt, until, reason);
      case Found found -> found;
      case Refused refused -> refused;
    };
  }
}

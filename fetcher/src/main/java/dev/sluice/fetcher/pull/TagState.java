package dev.sluice.fetcher.pull;

import dev.sluice.fetcher.ManifestAnswer.Found;
import dev.sluice.fetcher.Refused;
import dev.sluice.fetcher.upstream.Purpose;
import dev.sluice.metadata.FailedCheck;
import dev.sluice.metadata.Rule;
import dev.sluice.metadata.TagIndex;
import java.time.Clock;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is known of tags without asking upstream. Its methods wait. */
final class TagState {

  private static final Logger LOG = LoggerFactory.getLogger(TagState.class);

  private final TagIndex tags;
  private final FixedTags fixed;
  private final ManifestLookup lookup;
  private final ManifestFetch manifests;
  private final TagCheck check;
  private final Clock clock;

  TagState(TagCheck.Rooms rooms, TagCheck check) {
    this.tags = rooms.tags();
    this.fixed = rooms.fixed();
    this.lookup = rooms.lookup();
    this.manifests = rooms.manifests();
    this.clock = rooms.clock();
    this.check = check;
  }

  /** A tag that is known, and whose image can be served from here. */
  Optional<CachedTag> cached(TagName name) {
    return tags.find(name.repository(), name.tag())
        .await()
        .flatMap(
            entry ->
                lookup
                    .find(name.repository(), entry.digest())
                    .map(manifest -> new CachedTag(entry, manifest)));
  }

  /** Whether a cached tag does not move, whatever upstream says. */
  boolean isFixed(TagName name) {
    return fixed.holds(name);
  }

  /** The answer of a tag whose check is not due, or failed a moment ago, or would be in vain. */
  Optional<Found> unasked(Rule rule, TagName name, CachedTag cached) {
    if (isFresh(rule, name, cached)) {
      LOG.debug("{} is fresh: it was checked at {}", name, cached.entry().checkedAt());
      return Optional.of(check.fresh(rule, name, cached));
    }
    Optional<FailedCheck> failed =
        cached.entry().failed().filter(last -> !last.isOver(clock.instant()));
    if (failed.isEmpty() && fixed.holds(name)) {
      LOG.debug("{} does not move: it is not checked", name);
      return Optional.of(check.fixed(rule, name, cached));
    }
    return failed.map(
        last -> {
          LOG.debug("{} is not checked before {}: {}", name, last.nextCheck(), last.reason());
          return cached.stale(last.reason(), last.nextCheck());
        });
  }

  /** Why a tag that is not cached must not be asked for now; empty where it may be. */
  Optional<Refused> refusal(Rule rule, TagName name) {
    return manifests.refusal(TagCheck.order(rule, name, Purpose.PULL));
  }

  private boolean isFresh(Rule rule, TagName name, CachedTag cached) {
    return cached.entry().isFresh(clock.instant(), rule.policies().checkIntervals().of(name.tag()));
  }
}

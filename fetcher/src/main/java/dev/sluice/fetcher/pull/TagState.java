package dev.sluice.fetcher.pull;

import dev.sluice.fetcher.ManifestAnswer.Found;
import dev.sluice.metadata.FailedCheck;
import dev.sluice.metadata.Rule;
import dev.sluice.metadata.TagIndex;
import java.time.Clock;
import java.util.Optional;

/** What is known of tags without asking upstream. Its methods wait. */
final class TagState {

  private final TagIndex tags;
  private final FixedTags fixed;
  private final ManifestLookup manifests;
  private final TagCheck check;
  private final Clock clock;

  TagState(TagCheck.Rooms rooms, TagCheck check) {
    this.tags = rooms.tags();
    this.fixed = rooms.fixed();
    this.manifests = rooms.lookup();
    this.clock = rooms.clock();
    this.check = check;
  }

  /** A tag that is known, and whose image can be served from here. */
  Optional<CachedTag> cached(TagName name) {
    return tags.find(name.repository(), name.tag())
        .await()
        .flatMap(
            entry ->
                manifests
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
      return Optional.of(check.fresh(rule, name, cached));
    }
    Optional<FailedCheck> failed =
        cached.entry().failed().filter(last -> !last.isOver(clock.instant()));
    if (failed.isEmpty() && fixed.holds(name)) {
      return Optional.of(check.fixed(rule, name, cached));
    }
    return failed.map(last -> cached.stale(last.reason(), last.nextCheck()));
  }

  private boolean isFresh(Rule rule, TagName name, CachedTag cached) {
    return cached.entry().isFresh(clock.instant(), rule.policies().checkIntervals().of(name.tag()));
  }
}

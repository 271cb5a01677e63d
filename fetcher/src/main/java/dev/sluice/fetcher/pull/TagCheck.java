package dev.sluice.fetcher.pull;

import dev.sluice.fetcher.Descriptor;
import dev.sluice.fetcher.ManifestAnswer.Found;
import dev.sluice.fetcher.Provenance;
import dev.sluice.fetcher.Refused;
import dev.sluice.fetcher.upstream.Purpose;
import dev.sluice.fetcher.upstream.UpstreamAnswer;
import dev.sluice.fetcher.upstream.UpstreamAnswer.Absent;
import dev.sluice.fetcher.upstream.UpstreamAnswer.Got;
import dev.sluice.fetcher.upstream.Upstreams;
import dev.sluice.metadata.FailedCheck;
import dev.sluice.metadata.Policies.OnDeleted;
import dev.sluice.metadata.Reference.ByDigest;
import dev.sluice.metadata.Rule;
import dev.sluice.metadata.TagEntry;
import dev.sluice.metadata.TagIndex;
import dev.sluice.storage.Digest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks an upstream where a tag points, and notes what it says. */
final class TagCheck {

  private static final Logger LOG = LoggerFactory.getLogger(TagCheck.class);

  private final TagNotes notes;
  private final FixedTags fixed;
  private final ManifestLookup lookup;
  private final ManifestFetch manifests;
  private final Backlog backlog;
  private final Upstreams upstreams;
  private final Clock clock;

  /** What a check works with. */
  record Rooms(
      TagIndex tags,
      FixedTags fixed,
      TagNotes notes,
      ManifestLookup lookup,
      ManifestFetch manifests,
      Backlog backlog,
      Upstreams upstreams,
      Clock clock) {}

  TagCheck(Rooms rooms) {
    this.notes = rooms.notes;
    this.fixed = rooms.fixed;
    this.lookup = rooms.lookup;
    this.manifests = rooms.manifests;
    this.backlog = rooms.backlog;
    this.upstreams = rooms.upstreams;
    this.clock = rooms.clock;
  }

  static ManifestOrder order(Rule rule, TagName name, Purpose purpose) {
    return new ManifestOrder(rule, name.repository(), name.tag(), purpose, name.era());
  }

  /** The answer for a tag whose check is not due. */
  Found fresh(Rule rule, TagName name, CachedTag cached) {
    complete(rule, name, cached);
    return cached.fresh(interval(rule, name), Provenance.HIT);
  }

  /**
   * The answer for a tag that does not move, whenever it was last checked. It is looked up anew
   * after an interval, or when the repository's settings have changed.
   */
  Found fixed(Rule rule, TagName name, CachedTag cached) {
    complete(rule, name, cached);
    return cached.fixed(clock.instant().plus(interval(rule, name)));
  }

  private void complete(Rule rule, TagName name, CachedTag cached) {
    backlog.addOurs(rule, name.repository(), cached.manifest(), name.era());
  }

  /** Fetches a tag that is not cached, which is as urgent as a pull, unless nobody waits for it. */
  CheckOutcome first(Rule rule, TagName name, Purpose purpose) {
    ManifestOrder byTag = order(rule, name, purpose.isCompletion() ? purpose : Purpose.PULL);
    ManifestOrder order =
        fixed.digest(name).map(digest -> byTag.by(new ByDigest(digest))).orElse(byTag);
    return switch (manifests.fetch(order)) {
      case Refused refused -> new CheckOutcome.Failed(refused, refused);
      case Found found -> {
        CachedTag cached = pointing(found.manifest());
        boolean isNoted =
            manifests.isRecorded(name.repository(), found)
                && notes.points(name, cached.entry()).isEmpty();
        Duration usable = isNoted ? interval(rule, name) : pause(rule, name);
        yield new CheckOutcome.Moved(Optional.empty(), cached.fresh(usable, Provenance.MISS));
      }
    };
  }

  /** Asks whether a cached tag still points where it did, and follows it where it does not. */
  CheckOutcome again(Rule rule, TagName name, CachedTag cached, Purpose purpose) {
    ManifestOrder order = order(rule, name, purpose);
    UpstreamAnswer<Optional<Digest>> answer =
        upstreams.of(rule).headManifest(order.upstreamName(), name.tag(), purpose);
    if (answer instanceof Got<Optional<Digest>>(var announced)) {
      return announced.filter(cached.entry().digest()::equals).isPresent()
          ? confirm(rule, name, cached)
          : follow(order, name, cached, announced);
    }
    if (answer instanceof Absent && rule.policies().onDeleted() == OnDeleted.REFUSE) {
      notes.forgotten(name);
      Refused deleted = manifests.refused(answer, order);
      return new CheckOutcome.Failed(deleted, deleted);
    }
    return failed(
        rule,
        name,
        cached,
        Refusals.of(answer, rule, Refused.Reason.MANIFEST_UNKNOWN, order.what()));
  }

  private CheckOutcome confirm(Rule rule, TagName name, CachedTag cached) {
    Instant now = clock.instant();
    Optional<Refused> trouble = notes.confirmed(name, now);
    if (trouble.isPresent()) {
      return failed(rule, name, cached, trouble.get());
    }
    LOG.debug("{} points where it did, to {}", name, cached.entry().digest());
    CachedTag confirmed = new CachedTag(cached.entry().confirmed(now), cached.manifest());
    return new CheckOutcome.Confirmed(fresh(rule, name, confirmed));
  }

  private CheckOutcome follow(
      ManifestOrder order, TagName name, CachedTag cached, Optional<Digest> announced) {
    Rule rule = order.rule();
    // A tag that moved back, or to what another tag has, needs no second download.
    Optional<Descriptor> here = announced.flatMap(digest -> lookup.find(name.repository(), digest));
    if (here.isPresent()) {
      return point(rule, name, cached, here.get());
    }
    return switch (manifests.fetch(order)) {
      case Found found when manifests.isRecorded(name.repository(), found) ->
          point(rule, name, cached, found.manifest());
      case Found _ -> failed(rule, name, cached, Refusals.unrecorded(order.what()));
      case Refused refused -> failed(rule, name, cached, refused);
    };
  }

  private CheckOutcome point(Rule rule, TagName name, CachedTag before, Descriptor manifest) {
    CachedTag now = pointing(manifest);
    Digest from = before.entry().digest();
    boolean moved = !from.equals(manifest.digest());
    if (moved && fixed.holds(name)) {
      // It was fixed while upstream was asked.
      return new CheckOutcome.Confirmed(fixed(rule, name, before));
    }
    Optional<Refused> trouble =
        moved ? notes.moved(name, now.entry()) : notes.points(name, now.entry());
    if (trouble.isPresent()) {
      return failed(rule, name, before, trouble.get());
    }
    LOG.debug("{} pointed to {}, and does now to {}", name, from, manifest.digest());
    Found found = now.fresh(interval(rule, name), Provenance.MISS);
    return moved
        ? new CheckOutcome.Moved(Optional.of(from), found)
        : new CheckOutcome.Confirmed(found);
  }

  private CachedTag pointing(Descriptor manifest) {
    return new CachedTag(
        new TagEntry(manifest.digest(), manifest.mediaType(), clock.instant()), manifest);
  }

  private CheckOutcome failed(Rule rule, TagName name, CachedTag cached, Refused why) {
    Instant now = clock.instant();
    FailedCheck check = new FailedCheck(now, why.message(), now.plus(pause(rule, name)));
    notes.failed(name, check);
    LOG.debug("{} is checked again at {}: {}", name, check.nextCheck(), check.reason());
    return new CheckOutcome.Failed(cached.stale(check.reason(), check.nextCheck()), why);
  }

  private static Duration interval(Rule rule, TagName name) {
    return rule.policies().checkIntervals().of(name.tag());
  }

  private static Duration pause(Rule rule, TagName name) {
    Duration interval = interval(rule, name);
    Duration longest = FailedCheck.LONGEST_PAUSE;
    return interval.compareTo(longest) < 0 ? interval : longest;
  }
}

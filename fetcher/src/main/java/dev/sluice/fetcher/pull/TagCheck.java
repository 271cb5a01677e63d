package dev.sluice.fetcher.pull;

import dev.sluice.fetcher.Descriptor;
import dev.sluice.fetcher.ManifestAnswer;
import dev.sluice.fetcher.ManifestAnswer.Found;
import dev.sluice.fetcher.Provenance;
import dev.sluice.fetcher.Refused;
import dev.sluice.fetcher.Refused.Reason;
import dev.sluice.fetcher.upstream.Purpose;
import dev.sluice.fetcher.upstream.UpstreamAnswer;
import dev.sluice.fetcher.upstream.UpstreamAnswer.Absent;
import dev.sluice.fetcher.upstream.UpstreamAnswer.Got;
import dev.sluice.fetcher.upstream.Upstreams;
import dev.sluice.metadata.Policies.OnDeleted;
import dev.sluice.metadata.Reference.Tag;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.metadata.Rule;
import dev.sluice.metadata.TagEntry;
import dev.sluice.metadata.TagIndex;
import dev.sluice.storage.Digest;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** Asks an upstream where a tag points, and notes what it says. */
final class TagCheck {

  private final TagIndex tags;
  private final Shelf shelf;
  private final ManifestPull manifests;
  private final Backlog backlog;
  private final Upstreams upstreams;
  private final Clock clock;

  /** What the check of a cached tag found. */
  sealed interface Outcome {
    /** Upstream said where the tag points. */
    record Holds(Found found) implements Outcome {}

    /** Upstream no longer has it, and the rule says to refuse it then. */
    record Deleted(Refused refused) implements Outcome {}

    /** Upstream did not say. */
    record Failed(String reason) implements Outcome {}
  }

  /** What a check works with. */
  record Rooms(
      TagIndex tags,
      Shelf shelf,
      ManifestPull manifests,
      Backlog backlog,
      Upstreams upstreams,
      Clock clock) {}

  TagCheck(Rooms rooms) {
    this.tags = rooms.tags;
    this.shelf = rooms.shelf;
    this.manifests = rooms.manifests;
    this.backlog = rooms.backlog;
    this.upstreams = rooms.upstreams;
    this.clock = rooms.clock;
  }

  /** Fetches a tag that is not cached. */
  ManifestAnswer first(Rule rule, RepositoryName repository, Tag tag) {
    return switch (manifests.fetch(rule, repository, tag, Purpose.PULL)) {
      case Found found -> point(rule, repository, tag, found.manifest());
      case Refused refused -> refused;
    };
  }

  /** Asks whether a cached tag still points where it did, and follows it where it does not. */
  Outcome again(Rule rule, RepositoryName repository, Tag tag, TagPull.Cached cached) {
    UpstreamAnswer<Optional<Digest>> answer =
        upstreams.of(rule).headManifest(rule.upstreamName(repository), tag, Purpose.CHECK);
    if (answer instanceof Got<Optional<Digest>>(var announced)) {
      return announced.isPresent() && announced.get().equals(cached.entry().digest())
          ? confirm(rule, repository, tag, cached)
          : follow(rule, repository, tag, announced);
    }
    Refused refused = Refusals.of(answer, rule, Reason.MANIFEST_UNKNOWN, repository + ":" + tag);
    if (answer instanceof Absent && rule.policies().onDeleted() == OnDeleted.REFUSE) {
      tags.forget(repository, tag).await();
      return new Outcome.Deleted(refused);
    }
    return new Outcome.Failed(refused.message());
  }

  private Outcome confirm(Rule rule, RepositoryName repository, Tag tag, TagPull.Cached cached) {
    Instant now = clock.instant();
    tags.confirm(repository, tag, now).await();
    TagEntry entry = new TagEntry(cached.entry().digest(), cached.entry().mediaType(), now);
    return new Outcome.Holds(
        fresh(rule, repository, new TagPull.Cached(entry, cached.manifest()), Provenance.HIT));
  }

  private Outcome follow(
      Rule rule, RepositoryName repository, Tag tag, Optional<Digest> announced) {
    // A tag that moved back, or to what another tag has, needs no second download.
    Optional<Descriptor> here = announced.flatMap(digest -> shelf.find(repository, digest));
    if (here.isPresent()) {
      return new Outcome.Holds(point(rule, repository, tag, here.get()));
    }
    return switch (manifests.fetch(rule, repository, tag, Purpose.CHECK)) {
      case Found found -> new Outcome.Holds(point(rule, repository, tag, found.manifest()));
      case Refused refused -> new Outcome.Failed(refused.message());
    };
  }

  private Found point(Rule rule, RepositoryName repository, Tag tag, Descriptor manifest) {
    Instant now = clock.instant();
    TagEntry entry = new TagEntry(manifest.digest(), manifest.mediaType(), now);
    tags.point(repository, tag, entry).await();
    return found(rule, new TagPull.Cached(entry, manifest), Provenance.MISS);
  }

  /** The answer for a tag whose check is not due. */
  Found fresh(Rule rule, RepositoryName repository, TagPull.Cached cached, Provenance how) {
    backlog.add(rule, repository, cached.manifest());
    return found(rule, cached, how);
  }

  private static Found found(Rule rule, TagPull.Cached cached, Provenance how) {
    Instant checkedAt = cached.entry().checkedAt();
    return new Found(
        cached.manifest(),
        how,
        Optional.of(checkedAt),
        checkedAt.plus(rule.policies().checkIntervals().usual()),
        Optional.empty());
  }
}

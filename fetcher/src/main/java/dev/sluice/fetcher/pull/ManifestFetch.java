package dev.sluice.fetcher.pull;

import dev.sluice.fetcher.FetchMetrics;
import dev.sluice.fetcher.ManifestAnswer;
import dev.sluice.fetcher.ManifestAnswer.Found;
import dev.sluice.fetcher.Provenance;
import dev.sluice.fetcher.Refused;
import dev.sluice.fetcher.Refused.Reason;
import dev.sluice.fetcher.upstream.FetchedManifest;
import dev.sluice.fetcher.upstream.UpstreamAnswer;
import dev.sluice.fetcher.upstream.Upstreams;
import dev.sluice.metadata.RepositoryName;
import java.util.Optional;

/**
 * Fetches one manifest after another from their upstreams, and keeps them. One that is wrong is
 * asked for once more at once; where that is wrong too, it is left alone for a while.
 */
final class ManifestFetch {

  private final Rooms rooms;
  private final Upstreams upstreams;
  private final FetchMetrics metrics;

  /** What a manifest is fetched into. */
  record Rooms(
      Shelf shelf,
      ManifestLookup lookup,
      Backlog backlog,
      Absences absences,
      Quarantine quarantine,
      Eras eras) {}

  ManifestFetch(Rooms rooms, Upstreams upstreams, FetchMetrics metrics) {
    this.rooms = rooms;
    this.upstreams = upstreams;
    this.metrics = metrics;
  }

  private sealed interface Attempt {

    record Ended(ManifestAnswer answer) implements Attempt {}

    record Wrong(String reason) implements Attempt {}
  }

  /** Why a manifest must not be asked for now; empty where it may be. */
  Optional<Refused> refusal(ManifestOrder order) {
    return rooms
        .absences
        .find(order.rule(), order.what())
        .or(() -> rooms.quarantine.refusal(order.rule(), order.what()));
  }

  /** What a client is told where upstream gave no manifest; an absence is remembered. */
  Refused refused(UpstreamAnswer<?> answer, ManifestOrder order) {
    return rooms.absences.refusal(answer, order.rule(), Reason.MANIFEST_UNKNOWN, order.what());
  }

  /** Fetches a manifest and keeps it, whatever is here. */
  ManifestAnswer fetch(ManifestOrder order) {
    Optional<Refused> barred = rooms.quarantine.refusal(order.rule(), order.what());
    if (barred.isPresent()) {
      return barred.get();
    }
    Attempt first = attempt(order);
    return switch (first instanceof Attempt.Wrong ? attempt(order) : first) {
      case Attempt.Ended(var answer) -> answer;
      case Attempt.Wrong(var reason) -> rooms.quarantine.lock(order.rule(), order.what(), reason);
    };
  }

  private Attempt attempt(ManifestOrder order) {
    UpstreamAnswer<FetchedManifest> answer =
        upstreams
            .of(order.rule())
            .manifest(order.upstreamName(), order.reference(), order.purpose());
    return switch (answer) {
      case UpstreamAnswer.Got<FetchedManifest>(var fetched) -> keep(order, fetched);
      case UpstreamAnswer.Wrong<FetchedManifest>(var reason) -> wrong(order, reason);
      default -> new Attempt.Ended(refused(answer, order));
    };
  }

  private Attempt keep(ManifestOrder order, FetchedManifest fetched) {
    return switch (rooms.shelf.keep(order, fetched)) {
      case Shelf.Kept.Not(var reason) -> wrong(order, reason);
      case Shelf.Kept.Unstored(var reason) ->
          new Attempt.Ended(Refusals.unstorable(order.what(), reason));
      case Shelf.Kept.Unrecorded(var manifest) ->
          new Attempt.Ended(ManifestPull.byContent(manifest, Provenance.MISS));
      case Shelf.Kept.Overtaken() -> new Attempt.Ended(Refusals.overtaken(order.what()));
      case Shelf.Kept.Done(var manifest) -> {
        rooms.quarantine.clear(order.rule(), order.what());
        rooms.backlog.add(order.rule(), order.repository(), manifest, order.era());
        yield new Attempt.Ended(ManifestPull.byContent(manifest, Provenance.MISS));
      }
    };
  }

  /** Whether it is written down that a repository has what was fetched for it. */
  boolean isRecorded(RepositoryName repository, Found fetched) {
    return rooms.shelf.isRecorded(repository, fetched.manifest().digest());
  }

  private Attempt wrong(ManifestOrder order, String reason) {
    metrics.mismatch(order.rule().prefix());
    return new Attempt.Wrong(reason);
  }
}

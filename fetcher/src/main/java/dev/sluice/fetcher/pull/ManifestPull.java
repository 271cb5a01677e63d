package dev.sluice.fetcher.pull;

import dev.sluice.fetcher.Descriptor;
import dev.sluice.fetcher.ManifestAnswer;
import dev.sluice.fetcher.ManifestAnswer.Found;
import dev.sluice.fetcher.Provenance;
import dev.sluice.fetcher.Refused;
import dev.sluice.fetcher.Refused.Reason;
import dev.sluice.fetcher.upstream.FetchedManifest;
import dev.sluice.fetcher.upstream.Purpose;
import dev.sluice.fetcher.upstream.UpstreamAnswer;
import dev.sluice.fetcher.upstream.UpstreamAnswer.Got;
import dev.sluice.fetcher.upstream.Upstreams;
import dev.sluice.metadata.Reference;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.metadata.Rule;
import dev.sluice.storage.Digest;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/** Brings manifests in: here already? somebody's flight? else upstream, verified and stored. */
final class ManifestPull {

  private final Shelf shelf;
  private final Upstreams upstreams;
  private final Backlog backlog;
  private final Absences absences;
  private final Tasks tasks;
  private final Flights<Key, ManifestAnswer> flights = new Flights<>();

  private record Key(RepositoryName repository, Digest digest) {}

  ManifestPull(Shelf shelf, Upstreams upstreams, Backlog backlog, Absences absences, Tasks tasks) {
    this.shelf = shelf;
    this.upstreams = upstreams;
    this.backlog = backlog;
    this.absences = absences;
    this.tasks = tasks;
  }

  /**
   * A manifest by digest. One that is cached costs no contact with upstream, ever.
   *
   * @param rule for the repository; empty where only what is cached can be served
   */
  ManifestAnswer byDigest(
      Optional<Rule> rule, RepositoryName repository, Digest digest, Purpose purpose) {
    Optional<Descriptor> here = shelf.find(repository, digest);
    if (here.isPresent()) {
      rule.ifPresent(known -> backlog.add(known, repository, here.get()));
      return byContent(here.get(), Provenance.HIT);
    }
    if (rule.isEmpty()) {
      return Refusals.noRule(repository);
    }
    Optional<Refused> absent = absence(rule.get(), repository, new Reference.ByDigest(digest));
    if (absent.isPresent()) {
      return absent.get();
    }
    Supplier<Future<ManifestAnswer>> start =
        () -> tasks.run(() -> lookAgainThenFetch(rule.get(), repository, digest, purpose));
    var part = flights.join(new Key(repository, digest), start);
    if (part.joined() && purpose == Purpose.PULL && Refusals.isLimit(part.result().await())) {
      // What was withheld from completion may be open to people.
      part = flights.join(new Key(repository, digest), start);
    }
    return withProvenance(part.result().await(), part.joined());
  }

  private ManifestAnswer lookAgainThenFetch(
      Rule rule, RepositoryName repository, Digest digest, Purpose purpose) {
    Optional<Descriptor> here = shelf.find(repository, digest);
    return here.isPresent()
        ? byContent(here.get(), Provenance.HIT)
        : fetch(rule, repository, new Reference.ByDigest(digest), purpose);
  }

  /** Fetches a manifest and keeps it, whatever is here. */
  ManifestAnswer fetch(Rule rule, RepositoryName repository, Reference reference, Purpose purpose) {
    UpstreamAnswer<FetchedManifest> answer =
        upstreams.of(rule).manifest(rule.upstreamName(repository), reference, purpose);
    if (!(answer instanceof Got<FetchedManifest>(var fetched))) {
      return refusal(answer, rule, repository, reference);
    }
    return switch (shelf.keep(repository, fetched)) {
      case Shelf.Kept.Not(var reason) ->
          Refusals.unavailable(rule, what(repository, reference), reason);
      case Shelf.Kept.Unstored(var reason) ->
          Refusals.unstorable(what(repository, reference), reason);
      case Shelf.Kept.Done(var manifest) -> {
        backlog.add(rule, repository, manifest);
        yield byContent(manifest, Provenance.MISS);
      }
    };
  }

  /** The refusal of a manifest that upstream said a moment ago that it does not have. */
  Optional<Refused> absence(Rule rule, RepositoryName repository, Reference reference) {
    return absences.find(rule, what(repository, reference));
  }

  /** What a client is told where upstream gave no manifest; an absence is remembered. */
  Refused refusal(
      UpstreamAnswer<?> answer, Rule rule, RepositoryName repository, Reference reference) {
    return absences.refusal(answer, rule, Reason.MANIFEST_UNKNOWN, what(repository, reference));
  }

  /** A manifest in the words of a message. */
  static String what(RepositoryName repository, Reference reference) {
    return "manifest " + repository + (reference instanceof Reference.Tag ? ":" : "@") + reference;
  }

  /** Content that is named by its digest never needs to be asked for again. */
  private static Found byContent(Descriptor manifest, Provenance provenance) {
    return new Found(manifest, provenance, Optional.empty(), Instant.MAX, Optional.empty());
  }

  private static ManifestAnswer withProvenance(ManifestAnswer answer, boolean joined) {
    return switch (answer) {
      case Found found when joined -> byContent(found.manifest(), Provenance.COALESCED);
      case Found found -> found;
      case Refused refused -> refused;
    };
  }
}

package dev.sluice.fetcher.pull;

import dev.sluice.fetcher.Descriptor;
import dev.sluice.fetcher.ManifestAnswer;
import dev.sluice.fetcher.ManifestAnswer.Found;
import dev.sluice.fetcher.Provenance;
import dev.sluice.fetcher.Refused;
import dev.sluice.fetcher.upstream.Purpose;
import dev.sluice.metadata.Reference;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.metadata.Rule;
import dev.sluice.storage.Digest;
import java.time.Instant;
import java.util.Optional;

/** Brings manifests in: here already? somebody's flight? else upstream, verified and stored. */
final class ManifestPull {

  private final Shelf shelf;
  private final Backlog backlog;
  private final ManifestFetch fetch;
  private final Eras eras;
  private final Tasks tasks;
  private final Flights<Key, ManifestAnswer> flights = new Flights<>();

  private record Key(RepositoryName repository, Digest digest, long era) {}

  ManifestPull(ManifestFetch.Rooms rooms, ManifestFetch fetch, Tasks tasks) {
    this.shelf = rooms.shelf();
    this.backlog = rooms.backlog();
    this.eras = rooms.eras();
    this.fetch = fetch;
    this.tasks = tasks;
  }

  /**
   * A manifest by digest. One that is cached costs no contact with upstream, ever.
   *
   * @param rule for the repository; empty where only what is cached can be served
   */
  ManifestAnswer byDigest(
      Optional<Rule> rule, RepositoryName repository, Digest digest, Purpose purpose) {
    long era = eras.of(repository);
    Optional<Descriptor> here = shelf.find(repository, digest);
    if (here.isPresent()) {
      rule.ifPresent(known -> backlog.add(known, repository, here.get(), era));
      return byContent(here.get(), Provenance.HIT);
    }
    if (rule.isEmpty()) {
      return Refusals.noRule(repository);
    }
    var reference = new Reference.ByDigest(digest);
    var order = new ManifestOrder(rule.get(), repository, reference, purpose, era);
    Optional<Refused> refusal = fetch.refusal(order);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    var part =
        flights.join(
            new Key(repository, digest, era),
            purpose,
            rising -> tasks.run(() -> lookAgainThenFetch(order.with(rising), digest)));
    return withProvenance(part.result().await(), part.joined());
  }

  private ManifestAnswer lookAgainThenFetch(ManifestOrder order, Digest digest) {
    Optional<Descriptor> here = shelf.find(order.repository(), digest);
    return here.isPresent() ? byContent(here.get(), Provenance.HIT) : fetch.fetch(order);
  }

  /** Content that is named by its digest never needs to be asked for again. */
  static Found byContent(Descriptor manifest, Provenance provenance) {
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

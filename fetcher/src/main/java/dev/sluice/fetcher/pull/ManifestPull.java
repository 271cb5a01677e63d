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

  private final ManifestLookup lookup;
  private final OwnerManifests owners;
  private final Backlog backlog;
  private final ManifestFetch fetch;
  private final Eras eras;
  private final Tasks tasks;
  private final Flights<Key, ManifestAnswer> flights = new Flights<>();

  /**
   * A fetch.
   *
   * @param isOurs whether this node asks upstream. Another node that asks this one takes part in no
   *     fetch that waits for an owner: it may be that owner
   */
  private record Key(RepositoryName repository, Digest digest, long era, boolean isOurs) {}

  ManifestPull(ManifestFetch.Rooms rooms, OwnerManifests owners, ManifestFetch fetch, Tasks tasks) {
    this.lookup = rooms.lookup();
    this.owners = owners;
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
    Optional<Descriptor> here = lookup.find(repository, digest);
    if (here.isPresent()) {
      rule.ifPresent(known -> backlog.addOurs(known, repository, here.get(), era));
      return byContent(here.get(), Provenance.HIT);
    }
    if (rule.isEmpty()) {
      return Refusals.noRule(repository);
    }
    var reference = new Reference.ByDigest(digest);
    var order = new ManifestOrder(rule.get(), repository, reference, purpose, era);
    return bringIn(order, digest, owners.areOurs(digest));
  }

  /** The same for another node, which takes this one for the owner. */
  ManifestAnswer asOwner(Rule rule, RepositoryName repository, Digest digest, Purpose purpose) {
    long era = eras.of(repository);
    var reference = new Reference.ByDigest(digest);
    var order = new ManifestOrder(rule, repository, reference, purpose, era);
    return lookup
        .find(repository, digest)
        .<ManifestAnswer>map(here -> byContent(here, Provenance.HIT))
        .orElseGet(() -> bringIn(order, digest, true));
  }

  private ManifestAnswer bringIn(ManifestOrder order, Digest digest, boolean isOurs) {
    Optional<Refused> refusal = fetch.refusal(order);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    var part =
        flights.join(
            new Key(order.repository(), digest, order.era(), isOurs),
            order.purpose(),
            rising -> tasks.run(() -> lookAgainThenFetch(order.with(rising), digest, isOurs)));
    return withProvenance(part.result().await(), part.joined());
  }

  private ManifestAnswer lookAgainThenFetch(ManifestOrder order, Digest digest, boolean isOurs) {
    Optional<Descriptor> here = lookup.find(order.repository(), digest);
    if (here.isPresent()) {
      return byContent(here.get(), Provenance.HIT);
    }
    // Where no owner helps this node takes its place, and others may ask it for the same by now.
    return isOurs
        ? fetch.fetch(order)
        : owners.fetch(order, digest).orElseGet(() -> bringIn(order, digest, true));
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

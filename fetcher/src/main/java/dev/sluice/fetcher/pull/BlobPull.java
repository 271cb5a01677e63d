package dev.sluice.fetcher.pull;

import dev.sluice.fetcher.BlobAnswer;
import dev.sluice.fetcher.BlobAnswer.Found;
import dev.sluice.fetcher.BlobRequest;
import dev.sluice.fetcher.BlobRequest.Way;
import dev.sluice.fetcher.Nodes.Node;
import dev.sluice.fetcher.Provenance;
import dev.sluice.fetcher.Refused;
import dev.sluice.fetcher.upstream.Purpose;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.metadata.Rule;
import dev.sluice.storage.BlobLocation;
import dev.sluice.storage.BlobLocation.Growing;
import dev.sluice.storage.Digest;
import java.util.Optional;

/**
 * Says where blobs are, and has them fetched. A blob is served to a repository only as its member;
 * of a digest that is not known to be one, upstream is asked first, even where the bytes are here.
 */
final class BlobPull {

  private final BlobFetch.Rooms rooms;
  private final BlobFetch fetch;
  private final OwnerBlobs owners;
  private final ArchivedBlobs archive;
  private final Vouching vouching;
  private final Tasks tasks;
  private final Flights<Key, BlobAnswer> flights = new Flights<>();

  /**
   * A fetch.
   *
   * @param isOurs whether this node goes upstream. Another node that asks this one takes part in no
   *     fetch that waits for an owner: it may be that owner
   */
  private record Key(RepositoryName repository, Digest digest, long era, boolean isOurs) {

    static Key of(BlobOrder order, boolean isOurs) {
      return new Key(order.repository(), order.digest(), order.era(), isOurs);
    }
  }

  /** Where blobs come from. */
  record Sources(BlobFetch upstream, OwnerBlobs owners, ArchivedBlobs archive) {}

  BlobPull(Vouching vouching, Sources sources, Tasks tasks) {
    this.vouching = vouching;
    this.rooms = vouching.rooms();
    this.owners = sources.owners;
    this.archive = sources.archive;
    this.fetch = sources.upstream;
    this.tasks = tasks;
  }

  /**
   * Where a blob is.
   *
   * @param rule for the repository; empty where only what is cached can be served
   */
  BlobAnswer locate(Optional<Rule> rule, BlobRequest request, Purpose purpose) {
    RepositoryName repository = request.repository();
    Digest digest = request.digest();
    if (rule.isEmpty()) {
      // Listed by a manifest, perhaps, but nobody can say any more whether upstream had it here.
      return cached(repository, digest)
          .or(() -> archive.unruled(request))
          .orElseGet(() -> Refusals.noRule(repository));
    }
    BlobOrder order =
        new BlobOrder(rule.get(), repository, digest, purpose, rooms.eras().of(repository));
    return locate(order, request, owners.areOurs(order));
  }

  /** The same for another node, which takes this one for the owner. */
  BlobAnswer asOwner(Rule rule, BlobRequest request, Purpose purpose) {
    RepositoryName repository = request.repository();
    long era = rooms.eras().of(repository);
    BlobOrder order = new BlobOrder(rule, repository, request.digest(), purpose, era);
    return locate(order, request, true);
  }

  private BlobAnswer locate(BlobOrder order, BlobRequest request, boolean isOurs) {
    Optional<BlobAnswer> atHand = atHand(order, request, isOurs);
    if (atHand.isPresent()) {
      return atHand.get();
    }
    boolean isHere = rooms.blobs().find(order.digest()).isPresent();
    Optional<Refused> refusal =
        rooms
            .absences()
            .find(order.rule(), order.what())
            .or(() -> isHere ? Optional.empty() : fetch.refusal(order));
    if (refusal.isPresent()) {
      return refusal.get();
    }
    if (request.headOnly() && !isHere) {
      return head(order, isOurs);
    }
    // Where another repository's fetch has begun, a question costs less than a second download.
    return isHere || isFetchedElsewhere(order)
        ? vouching.confirm(order).<BlobAnswer>map(no -> no).orElseGet(() -> ready(order, isOurs))
        : join(order, isOurs);
  }

  /** What upstream is not asked for, beyond its word that it is there. */
  private Optional<BlobAnswer> atHand(BlobOrder order, BlobRequest request, boolean isOurs) {
    Optional<BlobAnswer> here = cached(order.repository(), order.digest());
    if (here.isPresent() && request.way() == Way.BACK_FROM_ELSEWHERE) {
      archive.doubt(order.digest());
    }
    // What was not in the archive when its fetch began need not be looked for once more.
    boolean isLookedFor =
        request.way() == Way.ELSEWHERE
            || (here.isEmpty() && !flights.isUnderWay(Key.of(order, isOurs)::equals));
    return isLookedFor ? archive.answer(order, request).or(() -> here) : here;
  }

  /** What is here, if the repository is known to hold it. */
  private Optional<BlobAnswer> cached(RepositoryName repository, Digest digest) {
    return rooms
        .blobs()
        .find(digest)
        .filter(_ -> rooms.membership().isVouchedFor(repository, digest))
        .map(here -> found(here, Provenance.HIT));
  }

  private boolean isFetchedElsewhere(BlobOrder order) {
    return flights.isUnderWay(
        other ->
            other.digest.equals(order.digest()) && !other.repository.equals(order.repository()));
  }

  private BlobAnswer ready(BlobOrder order, boolean isOurs) {
    return rooms
        .blobs()
        .find(order.digest())
        .<BlobAnswer>map(here -> found(here, Provenance.HIT))
        .orElseGet(() -> join(order, isOurs));
  }

  private BlobAnswer head(BlobOrder order, boolean isOurs) {
    Optional<BlobAnswer> owner = isOurs ? Optional.empty() : owners.head(order);
    return owner.orElseGet(() -> vouching.head(order));
  }

  private BlobAnswer join(BlobOrder order, boolean isOurs) {
    var part =
        flights.join(
            Key.of(order, isOurs),
            order.purpose(),
            rising -> tasks.run(() -> lookAgainThenFetch(order.with(rising), isOurs)));
    BlobAnswer answer = part.result().await();
    return part.joined() ? coalesced(answer) : answer;
  }

  static BlobAnswer coalesced(BlobAnswer answer) {
    return answer instanceof Found(var location, _)
        ? new Found(location, Provenance.COALESCED)
        : answer;
  }

  private BlobAnswer lookAgainThenFetch(BlobOrder order, boolean isOurs) {
    Digest digest = order.digest();
    // A wrong object may just be asked for once more; who comes now gets what comes of that.
    while (rooms.blobs().find(digest).isEmpty() && rooms.fills().isUnderWay(digest)) {
      rooms.fills().next(digest).await();
    }
    Optional<BlobAnswer> here = cached(order.repository(), digest);
    if (here.isPresent()) {
      return here.get();
    }
    Optional<Refused> refusal = fetch.refusal(order);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    // Where no owner helps this node takes its place, and others may ask it for the same by now.
    return isOurs ? fetchOurs(order) : owners.follow(order).orElseGet(() -> join(order, true));
  }

  /** What another node has need not be fetched again, once upstream has vouched for it. */
  private BlobAnswer fetchOurs(BlobOrder order) {
    Optional<Node> holder = owners.holder(order.digest());
    if (holder.isEmpty()) {
      return fetch.begin(order);
    }
    if (!rooms.membership().isVouchedFor(order.repository(), order.digest())) {
      Optional<Refused> refusal = vouching.confirm(order);
      if (refusal.isPresent()) {
        return refusal.get();
      }
    }
    return owners.follow(holder.get(), order).orElseGet(() -> fetch.begin(order));
  }

  private static Found found(BlobLocation location, Provenance whenWhole) {
    return new Found(location, location instanceof Growing ? Provenance.COALESCED : whenWhole);
  }
}

package dev.sluice.fetcher.pull;

import dev.sluice.fetcher.BlobAnswer;
import dev.sluice.fetcher.BlobAnswer.Found;
import dev.sluice.fetcher.BlobRequest;
import dev.sluice.fetcher.Nodes.Node;
import dev.sluice.fetcher.Provenance;
import dev.sluice.fetcher.Refused;
import dev.sluice.fetcher.upstream.Purpose;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.metadata.Rule;
import dev.sluice.storage.BlobLocation;
import dev.sluice.storage.BlobLocation.Growing;
import dev.sluice.storage.Blobs;
import dev.sluice.storage.Digest;
import java.util.Optional;

/**
 * Says where blobs are, and has them fetched. A blob is served to a repository only as its member;
 * of a digest that is not known to be one, upstream is asked first, even where the bytes are here.
 */
final class BlobPull {

  private final Blobs blobs;
  private final Membership membership;
  private final BlobFetch fetch;
  private final OwnerBlobs owners;
  private final Vouching vouching;
  private final Fills fills;
  private final Eras eras;
  private final Absences absences;
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

  BlobPull(Vouching vouching, BlobFetch fetch, OwnerBlobs owners, Tasks tasks) {
    BlobFetch.Rooms rooms = vouching.rooms();
    this.vouching = vouching;
    this.blobs = rooms.blobs();
    this.membership = rooms.membership();
    this.fills = rooms.fills();
    this.eras = rooms.eras();
    this.absences = rooms.absences();
    this.owners = owners;
    this.fetch = fetch;
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
      return cached(repository, digest).orElseGet(() -> Refusals.noRule(repository));
    }
    BlobOrder order = new BlobOrder(rule.get(), repository, digest, purpose, eras.of(repository));
    return locate(order, request.headOnly(), owners.areOurs(order));
  }

  /** The same for another node, which takes this one for the owner. */
  BlobAnswer asOwner(Rule rule, BlobRequest request, Purpose purpose) {
    RepositoryName repository = request.repository();
    long era = eras.of(repository);
    BlobOrder order = new BlobOrder(rule, repository, request.digest(), purpose, era);
    return locate(order, request.headOnly(), true);
  }

  /** Has a blob brought in by its owner, whichever node that is, and waits until it is there. */
  BlobCompletion complete(Rule rule, RepositoryName repository, Digest digest) {
    long era = eras.of(repository);
    BlobOrder order = new BlobOrder(rule, repository, digest, Purpose.COMPLETION, era);
    Optional<BlobCompletion> elsewhere =
        owners.areOurs(order) ? Optional.empty() : owners.complete(order);
    return elsewhere.orElseGet(() -> completed(order));
  }

  private BlobCompletion completed(BlobOrder order) {
    BlobAnswer answer = locate(order, false, true);
    fills.settled(order.digest()).await();
    return BlobCompletion.of(answer, order, blobs.find(order.digest()));
  }

  private BlobAnswer locate(BlobOrder order, boolean headOnly, boolean isOurs) {
    Optional<BlobAnswer> cached = cached(order.repository(), order.digest());
    if (cached.isPresent()) {
      return cached.get();
    }
    boolean isHere = blobs.find(order.digest()).isPresent();
    Optional<Refused> refusal =
        absences
            .find(order.rule(), order.what())
            .or(() -> isHere ? Optional.empty() : fetch.refusal(order));
    if (refusal.isPresent()) {
      return refusal.get();
    }
    if (headOnly && !isHere) {
      return head(order, isOurs);
    }
    // Where another repository's fetch has begun, a question costs less than a second download.
    return isHere || isFetchedElsewhere(order)
        ? vouching.confirm(order).<BlobAnswer>map(no -> no).orElseGet(() -> ready(order, isOurs))
        : join(order, isOurs);
  }

  /** What is here, if the repository is known to hold it. */
  private Optional<BlobAnswer> cached(RepositoryName repository, Digest digest) {
    return blobs
        .find(digest)
        .filter(_ -> membership.isVouchedFor(repository, digest))
        .map(here -> found(here, Provenance.HIT));
  }

  private boolean isFetchedElsewhere(BlobOrder order) {
    return flights.isUnderWay(
        other ->
            other.digest.equals(order.digest()) && !other.repository.equals(order.repository()));
  }

  private BlobAnswer ready(BlobOrder order, boolean isOurs) {
    return blobs
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

  private static BlobAnswer coalesced(BlobAnswer answer) {
    return answer instanceof Found(var location, _)
        ? new Found(location, Provenance.COALESCED)
        : answer;
  }

  private BlobAnswer lookAgainThenFetch(BlobOrder order, boolean isOurs) {
    Digest digest = order.digest();
    // A wrong object may just be asked for once more; who comes now gets what comes of that.
    while (blobs.find(digest).isEmpty() && fills.isUnderWay(digest)) {
      fills.next(digest).await();
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
    if (!membership.isVouchedFor(order.repository(), order.digest())) {
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

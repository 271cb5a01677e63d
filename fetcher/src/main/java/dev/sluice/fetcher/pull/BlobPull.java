package dev.sluice.fetcher.pull;

import dev.sluice.fetcher.BlobAnswer;
import dev.sluice.fetcher.BlobAnswer.Found;
import dev.sluice.fetcher.BlobRequest;
import dev.sluice.fetcher.Provenance;
import dev.sluice.fetcher.Refused;
import dev.sluice.fetcher.Refused.Reason;
import dev.sluice.fetcher.upstream.Purpose;
import dev.sluice.fetcher.upstream.UpstreamAnswer;
import dev.sluice.fetcher.upstream.UpstreamAnswer.Got;
import dev.sluice.fetcher.upstream.Upstreams;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.metadata.Rule;
import dev.sluice.storage.BlobLocation;
import dev.sluice.storage.BlobLocation.Growing;
import dev.sluice.storage.Blobs;
import dev.sluice.storage.Digest;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Says where blobs are, and has them fetched. A blob is served to a repository only as its member;
 * of a digest that is not known to be one, upstream is asked first, even where the bytes are here.
 */
final class BlobPull {

  private final Blobs blobs;
  private final Membership membership;
  private final Upstreams upstreams;
  private final BlobFetch fetch;
  private final Fills fills;
  private final Eras eras;
  private final Absences absences;
  private final Tasks tasks;
  private final Flights<Key, BlobAnswer> flights = new Flights<>();

  private record Key(RepositoryName repository, Digest digest, long era) {

    static Key of(BlobOrder order) {
      return new Key(order.repository(), order.digest(), order.era());
    }
  }

  BlobPull(BlobFetch.Rooms rooms, Upstreams upstreams, BlobFetch fetch, Tasks tasks) {
    this.blobs = rooms.blobs();
    this.membership = rooms.membership();
    this.fills = rooms.fills();
    this.eras = rooms.eras();
    this.absences = rooms.absences();
    this.upstreams = upstreams;
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
    long era = eras.of(repository);
    Optional<BlobLocation> here = blobs.find(digest);
    if (here.isPresent() && membership.isVouchedFor(repository, digest)) {
      return found(here.get(), Provenance.HIT);
    }
    if (rule.isEmpty()) {
      // Listed by a manifest, perhaps, but nobody can say any more whether upstream had it here.
      return Refusals.noRule(repository);
    }
    BlobOrder order = new BlobOrder(rule.get(), repository, digest, purpose, era);
    Optional<Refused> refusal =
        absences
            .find(order.rule(), order.what())
            .or(() -> here.isEmpty() ? fetch.refusal(order) : Optional.empty());
    if (refusal.isPresent()) {
      return refusal.get();
    }
    // Where another repository's fetch has begun, a question costs less than a second download.
    boolean begun =
        flights.isUnderWay(
            other -> other.digest.equals(digest) && !other.repository.equals(repository));
    return here.isPresent() || request.headOnly() || begun
        ? vouchedFor(order, request.headOnly())
        : join(order);
  }

  /** Asks upstream whether the repository has the blob, without fetching it. */
  private BlobAnswer vouchedFor(BlobOrder order, boolean headOnly) {
    UpstreamAnswer<OptionalLong> answer =
        upstreams.of(order.rule()).headBlob(order.upstreamName(), order.digest(), order.purpose());
    if (!(answer instanceof Got<OptionalLong>(var size))) {
      return absences.refusal(answer, order.rule(), Reason.BLOB_UNKNOWN, order.what());
    }
    Optional<Refused> unrecordable = membership.vouch(order);
    if (unrecordable.isPresent()) {
      return unrecordable.get();
    }
    Optional<BlobLocation> here = blobs.find(order.digest());
    if (here.isPresent()) {
      return found(here.get(), Provenance.HIT);
    }
    OptionalLong listed = membership.listedSize(order);
    return headOnly ? new BlobAnswer.Upstream(listed.isPresent() ? listed : size) : join(order);
  }

  private BlobAnswer join(BlobOrder order) {
    var part =
        flights.join(
            Key.of(order),
            order.purpose(),
            rising -> tasks.run(() -> lookAgainThenFetch(order.with(rising))));
    BlobAnswer answer = part.result().await();
    return part.joined() ? coalesced(answer) : answer;
  }

  private static BlobAnswer coalesced(BlobAnswer answer) {
    return answer instanceof Found(var location, _)
        ? new Found(location, Provenance.COALESCED)
        : answer;
  }

  private BlobAnswer lookAgainThenFetch(BlobOrder order) {
    Digest digest = order.digest();
    // A wrong object may just be asked for once more; who comes now gets what comes of that.
    while (blobs.find(digest).isEmpty() && fills.isUnderWay(digest)) {
      fills.next(digest).await();
    }
    Optional<BlobLocation> here = blobs.find(digest);
    if (here.isPresent() && membership.isVouchedFor(order.repository(), digest)) {
      return found(here.get(), Provenance.HIT);
    }
    Optional<Refused> refusal = fetch.refusal(order);
    return refusal.isPresent() ? refusal.get() : fetch.begin(order);
  }

  private static Found found(BlobLocation location, Provenance whenWhole) {
    return new Found(location, location instanceof Growing ? Provenance.COALESCED : whenWhole);
  }
}

package dev.sluice.fetcher.pull;

import dev.sluice.fetcher.BlobAnswer;
import dev.sluice.fetcher.BlobAnswer.Found;
import dev.sluice.fetcher.BlobRequest;
import dev.sluice.fetcher.BlobRequest.Way;
import dev.sluice.fetcher.Provenance;
import dev.sluice.fetcher.Refused;
import dev.sluice.fetcher.upstream.Purpose;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.storage.BlobLocation;
import dev.sluice.storage.Digest;
import dev.sluice.storage.PeerBlobs.PeerBlob;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Blobs that the archive has: brought back to this node's disk with readers following, or given to
 * clients by a link. Upstream is asked for no byte of them, and for its word where it has not yet
 * vouched for them. Empty is every answer where the archive does not help. Its methods wait.
 */
final class ArchivedBlobs {

  private static final Logger LOG = LoggerFactory.getLogger(ArchivedBlobs.class);

  private final ArchiveDoor door;
  private final Vouching vouching;
  private final BlobFetch fetch;
  private final Handover.Route route;
  private final BlobFetch.Rooms rooms;
  private final UnruledBlobs unruled;
  private final Flights<Key, Optional<BlobAnswer>> flights = new Flights<>();

  private record Key(RepositoryName repository, Digest digest, long era) {}

  ArchivedBlobs(ArchiveDoor door, Vouching vouching, BlobFetch fetch, Handover.Route route) {
    this.door = door;
    this.vouching = vouching;
    this.fetch = fetch;
    this.route = route;
    this.rooms = vouching.rooms();
    this.unruled = new UnruledBlobs(door, route, rooms);
  }

  /** The answer to a request; for a blob that is here nothing but a link. */
  Optional<BlobAnswer> answer(BlobOrder order, BlobRequest request) {
    Optional<BlobLocation> here = rooms.blobs().find(order.digest());
    if (!door.isThere() || (here.isPresent() && request.way() != Way.ELSEWHERE)) {
      return Optional.empty();
    }
    boolean isVouchedFor = rooms.membership().isVouchedFor(order.repository(), order.digest());
    OptionalLong size =
        isVouchedFor || !isAbsent(order) ? door.find(order.digest()) : OptionalLong.empty();
    if (size.isEmpty() || isOtherThan(here, size, order.digest())) {
      return Optional.empty();
    }
    Optional<Refused> refusal = isVouchedFor ? Optional.empty() : vouching.confirm(order);
    if (refusal.isPresent()) {
      return refusal.map(no -> no);
    }
    if (request.headOnly()) {
      return Optional.of(new BlobAnswer.Upstream(size));
    }
    Optional<BlobAnswer> linked =
        request.way() == Way.ELSEWHERE
            ? door.link(order.digest()).map(BlobAnswer.Linked::new)
            : Optional.empty();
    return linked.isPresent() || here.isPresent() ? linked : restored(order);
  }

  /** What is here is right, or is found out; of another size the archive's is not. */
  private boolean isOtherThan(Optional<BlobLocation> here, OptionalLong size, Digest digest) {
    boolean isOther =
        here.map(BlobLocation::size)
            .filter(OptionalLong::isPresent)
            .filter(s -> !s.equals(size))
            .isPresent();
    if (isOther) {
      door.doubt(digest);
    }
    return isOther;
  }

  /** Somebody who was given a link has come back. */
  void doubt(Digest digest) {
    door.doubt(digest);
  }

  /** The same for a repository that no rule covers: upstream is not asked for its word then. */
  Optional<BlobAnswer> unruled(BlobRequest request) {
    return unruled.answer(request);
  }

  /** What upstream did not have a moment ago is not looked for. */
  private boolean isAbsent(BlobOrder order) {
    return rooms.absences().find(order.rule(), order.what()).isPresent();
  }

  private Optional<BlobAnswer> restored(BlobOrder order) {
    var part =
        flights.join(
            new Key(order.repository(), order.digest(), order.era()),
            () -> route.tasks().run(() -> restore(order)));
    Optional<BlobAnswer> answer = part.result().await();
    return part.joined() ? answer.map(BlobPull::coalesced) : answer;
  }

  private Optional<BlobAnswer> restore(BlobOrder order) {
    Digest digest = order.digest();
    // What was wrong a moment ago may just be asked of upstream.
    while (rooms.blobs().find(digest).isEmpty() && rooms.fills().isUnderWay(digest)) {
      rooms.fills().next(digest).await();
    }
    return rooms
        .blobs()
        .find(digest)
        .<BlobAnswer>map(here -> new Found(here, Provenance.HIT))
        .or(() -> door.open(digest, 0).map(opened -> follow(order, opened)));
  }

  private BlobAnswer follow(BlobOrder order, PeerBlob opened) {
    LOG.debug("{} comes from the archive", order);
    var subject = new ArchiveFlow.Subject(order.digest(), opened.size(), Optional.of(order));
    return fetch.follow(
        order,
        new Beginning(
            opened.size(),
            opened.source(),
            new ArchiveFlow(door, route, subject),
            opened.discard(),
            reason -> wrong(order.with(Purpose.PULL))));
  }

  /** Upstream has the right ones. */
  private BlobAnswer wrong(BlobOrder order) {
    door.wrong(order.digest());
    return fetch.refusal(order).<BlobAnswer>map(no -> no).orElseGet(() -> fetch.begin(order));
  }
}

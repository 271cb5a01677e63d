package dev.sluice.fetcher.pull;

import dev.sluice.fetcher.BlobAnswer;
import dev.sluice.fetcher.BlobAnswer.Found;
import dev.sluice.fetcher.BlobRequest;
import dev.sluice.fetcher.Provenance;
import dev.sluice.fetcher.Refused;
import dev.sluice.fetcher.upstream.Purpose;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.storage.Digest;
import dev.sluice.storage.PeerBlobs.PeerBlob;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Blobs that the archive has: brought back to this node's disk with readers following, or given to
 * clients by a link. Upstream is asked for no byte of them, and for its word where it has not yet
 * vouched for them. Empty is every answer where the archive does not help. Its methods wait.
 */
final class ArchivedBlobs {

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
    boolean isHere = rooms.blobs().find(order.digest()).isPresent();
    if (!door.isThere() || (isHere && !request.mayGoElsewhere())) {
      return Optional.empty();
    }
    boolean isVouchedFor = rooms.membership().isVouchedFor(order.repository(), order.digest());
    OptionalLong size =
        isVouchedFor || !isAbsent(order) ? door.find(order.digest()) : OptionalLong.empty();
    if (size.isEmpty()) {
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
        request.mayGoElsewhere()
            ? door.link(order.digest()).map(BlobAnswer.Linked::new)
            : Optional.empty();
    return linked.isPresent() || isHere ? linked : restored(order);
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

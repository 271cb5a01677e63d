package dev.sluice.fetcher.pull;

import dev.sluice.fetcher.BlobAnswer;
import dev.sluice.fetcher.BlobAnswer.Found;
import dev.sluice.fetcher.BlobRequest;
import dev.sluice.fetcher.Provenance;
import dev.sluice.fetcher.pull.Fills.Fill;
import dev.sluice.storage.Digest;
import dev.sluice.storage.FillOutcome;
import dev.sluice.storage.FillOutcome.Failed;
import dev.sluice.storage.FillOutcome.Wrong;
import dev.sluice.storage.PeerBlobs.PeerBlob;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Blobs of the archive for repositories that no rule covers any more: what upstream once vouched
 * for is served on. There is nobody to ask for the rest where the archive breaks off. Its methods
 * wait.
 */
final class UnruledBlobs {

  private final ArchiveDoor door;
  private final Handover.Route route;
  private final BlobFetch.Rooms rooms;
  private final Flights<Digest, Optional<BlobAnswer>> flights = new Flights<>();

  UnruledBlobs(ArchiveDoor door, Handover.Route route, BlobFetch.Rooms rooms) {
    this.door = door;
    this.route = route;
    this.rooms = rooms;
  }

  /** The answer to a request for a blob that is not here; empty where the archive does not help. */
  Optional<BlobAnswer> answer(BlobRequest request) {
    Digest digest = request.digest();
    if (!door.isThere() || !rooms.membership().isVouchedFor(request.repository(), digest)) {
      return Optional.empty();
    }
    OptionalLong size = door.find(digest);
    if (size.isEmpty() || request.headOnly()) {
      return size.isEmpty() ? Optional.empty() : Optional.of(new BlobAnswer.Upstream(size));
    }
    var subject = new Fills.Subject(digest, "", request.repository());
    return flights.join(digest, () -> route.tasks().run(() -> restore(subject))).result().await();
  }

  private Optional<BlobAnswer> restore(Fills.Subject subject) {
    Digest digest = subject.digest();
    rooms.fills().settled(digest).await();
    return here(digest).or(() -> door.open(digest, 0).map(opened -> fill(subject, opened)));
  }

  private Optional<BlobAnswer> here(Digest digest) {
    return rooms.blobs().find(digest).map(location -> new Found(location, Provenance.MISS));
  }

  private BlobAnswer fill(Fills.Subject what, PeerBlob opened) {
    Digest digest = what.digest();
    var subject = new ArchiveFlow.Subject(digest, opened.size(), Optional.empty());
    Fill fill =
        rooms
            .fills()
            .begin(
                what,
                new Beginning(
                    opened.size(),
                    opened.source(),
                    new ArchiveFlow(door, route, subject),
                    opened.discard(),
                    reason -> Refusals.unstorable("blob " + digest, reason)));
    var seen = route.tasks().run(() -> seeThrough(digest, fill));
    return here(digest).orElseGet(seen::await);
  }

  private BlobAnswer seeThrough(Digest digest, Fill fill) {
    try {
      FillOutcome outcome = fill.outcome().await();
      if (outcome instanceof Wrong) {
        door.wrong(digest);
      }
      return outcome instanceof Failed failed
          ? Refusals.unstorable("blob " + digest, failed.reason())
          : here(digest).orElseThrow();
    } finally {
      rooms.fills().seenThrough(digest, fill);
    }
  }
}

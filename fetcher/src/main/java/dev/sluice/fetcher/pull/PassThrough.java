package dev.sluice.fetcher.pull;

import dev.sluice.fetcher.BlobAnswer.Found;
import dev.sluice.fetcher.Nodes.Node;
import dev.sluice.fetcher.Provenance;
import dev.sluice.fetcher.pull.PeerStreams.Opening;
import dev.sluice.fetcher.upstream.BlobBody;
import dev.sluice.fetcher.upstream.Purpose;
import dev.sluice.fetcher.upstream.Upstream;
import dev.sluice.fetcher.upstream.UpstreamAnswer;
import dev.sluice.fetcher.upstream.UpstreamAnswer.Got;
import dev.sluice.storage.BlobLocation.Passing;
import dev.sluice.storage.Passage.Opened;
import dev.sluice.storage.PeerBlobs.PeerBlob;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Blobs that this node cannot keep, such as on a full disk: every reader gets a stream of its own,
 * of the archive, of the owner where that one can keep them, or else of upstream. Nothing is asked
 * for before somebody reads.
 */
final class PassThrough {

  private final ArchiveDoor archive;
  private final Peers peers;
  private final PeerStreams streams;
  private final Handover.Route route;

  PassThrough(ArchiveDoor archive, Peers peers, Handover.Route route) {
    this.archive = archive;
    this.peers = peers;
    this.streams = new PeerStreams(peers);
    this.route = route;
  }

  /** The blob, for whoever asks. */
  Found of(BlobOrder order, OptionalLong size) {
    BlobOrder urgent = order.with(Purpose.PULL);
    Passing passing =
        new Passing(order.digest(), size, () -> route.tasks().run(() -> open(urgent, size)));
    return new Found(passing, Provenance.MISS);
  }

  private Opened open(BlobOrder order, OptionalLong size) throws NoSuchFileException {
    Optional<PeerBlob> archived = archive.open(order.digest(), 0);
    if (archived.isPresent()) {
      var subject = new ArchiveFlow.Subject(order.digest(), size, Optional.of(order));
      return opened(archived.get(), new ArchiveFlow(archive, route, subject));
    }
    for (Node owner : peers.owners().ahead(order.digest().toString())) {
      switch (streams.openAtOwner(owner, order, 0)) {
        case Opening.Opened(var body) -> {
          return opened(body, new Handover(peers, route, order, size));
        }
        case Opening.Barred(var refused) -> throw new NoSuchFileException(refused.message());
        case Opening.Useless() -> {}
      }
    }
    return upstream(order, size);
  }

  private static Opened opened(PeerBlob body, Flow flow) {
    return new Opened(body.size(), body.source(), flow, ending(body.discard(), flow));
  }

  private Opened upstream(BlobOrder order, OptionalLong size) throws NoSuchFileException {
    Upstream upstream = route.upstreams().of(order.rule());
    UpstreamAnswer<BlobBody> answer =
        upstream.blob(order.upstreamName(), order.digest(), Purpose.PULL);
    if (!(answer instanceof Got<BlobBody>(var body))) {
      throw new NoSuchFileException(order.what() + " could not be asked for again: " + answer);
    }
    var flow =
        new Resumption(
            new Resumption.Route(upstream, route.tasks(), route.pauses()), order, body, size);
    return new Opened(body.size(), body.source(), flow, ending(body::release, flow));
  }

  private static Runnable ending(Runnable first, Flow flow) {
    return () -> {
      first.run();
      flow.end();
    };
  }
}

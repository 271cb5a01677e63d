package dev.sluice.fetcher.pull;

import static dev.sluice.fetcher.peers.PeerAnswer.Hold.WHOLE;

import dev.sluice.fetcher.BlobAnswer;
import dev.sluice.fetcher.Nodes.Node;
import dev.sluice.fetcher.peers.PeerAnswer.Located;
import dev.sluice.fetcher.peers.PeerAnswer.No;
import dev.sluice.fetcher.peers.PeerAnswer.Nowhere;
import dev.sluice.fetcher.peers.PeerQuestion;
import dev.sluice.fetcher.pull.PeerStreams.Opening;
import dev.sluice.fetcher.upstream.Purpose;
import dev.sluice.storage.Digest;
import dev.sluice.storage.PeerBlobs.PeerBlob;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Blobs that other nodes have, or own. The owner goes upstream, and this node follows what grows
 * there, and keeps it. Empty is every answer where no other node can help. Its methods wait.
 */
final class OwnerBlobs {

  private static final Logger LOG = LoggerFactory.getLogger(OwnerBlobs.class);

  private final Peers peers;
  private final PeerStreams streams;
  private final BlobFetch fetch;
  private final Handover.Route route;

  OwnerBlobs(Peers peers, BlobFetch fetch, Handover.Route route) {
    this.peers = peers;
    this.streams = new PeerStreams(peers);
    this.fetch = fetch;
    this.route = route;
  }

  /** Whether this node is to go upstream itself. */
  boolean areOurs(BlobOrder order) {
    return peers.owners().isOurs(order.digest().toString());
  }

  /** Begins to follow the owner. */
  Optional<BlobAnswer> follow(BlobOrder order) {
    return follow(order, 1);
  }

  private Optional<BlobAnswer> follow(BlobOrder order, int attempt) {
    for (Node owner : peers.owners().ahead(order.digest().toString())) {
      switch (streams.openAtOwner(owner, order, 0)) {
        case Opening.Opened(var body) -> {
          LOG.debug("{} comes from its owner, {}", order, owner.name());
          return Optional.of(fetch.follow(order, beginning(body, order, attempt)));
        }
        case Opening.Barred(var refused) -> {
          return Optional.of(refused);
        }
        case Opening.Useless() -> {}
      }
    }
    return Optional.empty();
  }

  /** Another node that has a blob: it was the owner a moment ago, or could not reach the owner. */
  Optional<Node> holder(Digest digest) {
    return streams.holder(digest, peers.owners().others(digest.toString()));
  }

  /** Begins to follow a node that has a blob; the repository must be known to hold it. */
  Optional<BlobAnswer> follow(Node holder, BlobOrder order) {
    return streams
        .openAtHolder(holder, order.digest(), 0)
        .map(
            opened -> {
              LOG.debug("{} comes from {}, which has it", order, holder.name());
              return fetch.follow(order, beginning(opened, order, 1));
            });
  }

  private Beginning beginning(PeerBlob opened, BlobOrder order, int attempt) {
    return new Beginning(
        opened.size(),
        opened.source(),
        new Handover(peers, route, order, opened.size()),
        opened.discard(),
        reason -> wrong(order.with(Purpose.PULL), attempt));
  }

  /** Where the owner had wrong bytes it is fetching the right ones; if not, upstream has them. */
  private BlobAnswer wrong(BlobOrder order, int attempt) {
    Optional<BlobAnswer> owner = attempt == 1 ? follow(order, attempt + 1) : Optional.empty();
    return owner.orElseGet(() -> fetch.beginLast(order));
  }

  /** Whether upstream has a blob that is not here, and its size, as the owner says. */
  Optional<BlobAnswer> head(BlobOrder order) {
    for (Node owner : peers.owners().ahead(order.digest().toString())) {
      switch (peers.colleagues().ask(owner, PeerStreams.question(order, true))) {
        case Located(var size, _) -> {
          return Optional.of(new BlobAnswer.Upstream(size));
        }
        case No(var refused) -> {
          return Optional.of(refused);
        }
        default -> {}
      }
    }
    return Optional.empty();
  }

  /** Has the owner bring a blob in, and waits for it. */
  Optional<Completed> complete(BlobOrder order) {
    for (Node owner : peers.owners().ahead(order.digest().toString())) {
      switch (peers.colleagues().ask(owner, PeerStreams.question(order, false))) {
        case Located(var size, var hold) -> {
          return Optional.of(settled(owner, order, new Completed.Here(size, hold != WHOLE)));
        }
        case No(var refused) -> {
          return Optional.of(new Completed.Not(refused));
        }
        default -> {}
      }
    }
    return Optional.empty();
  }

  private Completed settled(Node owner, BlobOrder order, Completed.Here located) {
    if (!located.isNew()) {
      return located;
    }
    peers.colleagues().ask(owner, new PeerQuestion.Settled(order.digest()));
    return peers.colleagues().ask(owner, new PeerQuestion.Has(order.digest())) instanceof Nowhere
        ? Completed.broken(order)
        : located;
  }
}

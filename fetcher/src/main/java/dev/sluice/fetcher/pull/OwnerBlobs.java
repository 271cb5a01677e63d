package dev.sluice.fetcher.pull;

import dev.sluice.fetcher.BlobAnswer;
import dev.sluice.fetcher.Nodes.Node;
import dev.sluice.fetcher.peers.PeerAnswer;
import dev.sluice.fetcher.peers.PeerAnswer.Hold;
import dev.sluice.fetcher.peers.PeerAnswer.Located;
import dev.sluice.fetcher.peers.PeerAnswer.No;
import dev.sluice.fetcher.peers.PeerQuestion;
import dev.sluice.fetcher.peers.PeerQuestion.Subject;
import dev.sluice.fetcher.upstream.Purpose;
import dev.sluice.storage.Digest;
import dev.sluice.storage.PeerBlobs.PeerBlob;
import java.util.List;
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
  private final BlobFetch fetch;
  private final Handover.Route route;

  OwnerBlobs(Peers peers, BlobFetch fetch, Handover.Route route) {
    this.peers = peers;
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
      switch (peers.colleagues().ask(owner, question(order, false))) {
        case Located located -> {
          Optional<BlobAnswer> begun = follow(owner, order, attempt);
          if (begun.isPresent()) {
            return begun;
          }
        }
        case No(var refused) -> {
          return Optional.of(refused);
        }
        case PeerAnswer other ->
            LOG.info("{} is no use for {}: {}", owner.name(), order.what(), other);
      }
    }
    return Optional.empty();
  }

  /**
   * Another node that has a blob, or has begun to fetch it from upstream: it was the owner a moment
   * ago, or could not reach the owner. One that follows another is not followed, for it may come to
   * follow this one.
   */
  Optional<Node> holder(Digest digest) {
    List<Node> others = peers.owners().others(digest.toString());
    return others.isEmpty()
        ? Optional.empty()
        : peers
            .colleagues()
            .firstWhere(
                others,
                new PeerQuestion.Has(digest),
                answer -> answer instanceof Located(_, var hold) && hold != Hold.FOLLOWING)
            .await();
  }

  /** Begins to follow a node that has a blob; the repository must be known to hold it. */
  Optional<BlobAnswer> follow(Node holder, BlobOrder order) {
    return follow(holder, order, 1);
  }

  private Optional<BlobAnswer> follow(Node node, BlobOrder order, int attempt) {
    Optional<PeerBlob> body =
        peers
            .blobs()
            .open(node.blobs(), order.digest(), 0)
            .map(Optional::of)
            .otherwise(
                trouble -> {
                  LOG.info(
                      "{} does not give {}: {}", node.name(), order.what(), trouble.getMessage());
                  return Optional.empty();
                })
            .await();
    return body.map(opened -> fetch.follow(order, beginning(opened, order, attempt)));
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
      switch (peers.colleagues().ask(owner, question(order, true))) {
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

  /** Has the owner bring a blob in, and waits for it; true where it has, or this is not to be. */
  boolean completed(BlobOrder order) {
    for (Node owner : peers.owners().ahead(order.digest().toString())) {
      switch (peers.colleagues().ask(owner, question(order, false))) {
        case Located located -> {
          peers.colleagues().ask(owner, new PeerQuestion.Settled(order.digest()));
          return true;
        }
        case No refused -> {
          return true;
        }
        default -> {}
      }
    }
    return false;
  }

  private static PeerQuestion.Blob question(BlobOrder order, boolean headOnly) {
    Subject subject = Subject.of(order.rule(), order.repository(), order.purpose());
    return new PeerQuestion.Blob(subject, order.digest(), headOnly);
  }
}

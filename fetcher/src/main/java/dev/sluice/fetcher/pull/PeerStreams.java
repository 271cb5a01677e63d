package dev.sluice.fetcher.pull;

import dev.sluice.fetcher.Nodes.Node;
import dev.sluice.fetcher.Refused;
import dev.sluice.fetcher.peers.PeerAnswer;
import dev.sluice.fetcher.peers.PeerAnswer.Hold;
import dev.sluice.fetcher.peers.PeerAnswer.Located;
import dev.sluice.fetcher.peers.PeerAnswer.No;
import dev.sluice.fetcher.peers.PeerQuestion;
import dev.sluice.fetcher.peers.PeerQuestion.Subject;
import dev.sluice.storage.Digest;
import dev.sluice.storage.PeerBlobs.PeerBlob;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the blobs that other nodes have, or bring in because they are asked. Its methods wait. */
final class PeerStreams {

  private static final Logger LOG = LoggerFactory.getLogger(PeerStreams.class);

  /** As often an owner is asked: a wrong object is fetched twice, and then refused. */
  private static final int TRIES = 3;

  private final Peers peers;

  PeerStreams(Peers peers) {
    this.peers = peers;
  }

  /** What comes of asking an owner. */
  sealed interface Opening {

    /** Its bytes. */
    record Opened(PeerBlob body) implements Opening {}

    /** The blob is not to be had, whichever node asks. */
    record Barred(Refused why) implements Opening {}

    /** It cannot help; another node might. */
    record Useless() implements Opening {}
  }

  /**
   * Has an owner bring a blob in, and opens it there. A fill may be over before it could be
   * followed; then the owner is asked again, and says what has become of it.
   */
  Opening openAtOwner(Node owner, BlobOrder order, long offset) {
    for (int tries = 1; ; tries++) {
      PeerAnswer answer = peers.colleagues().ask(owner, question(order, false));
      if (answer instanceof No(var refused)) {
        return new Opening.Barred(refused);
      }
      if (!(answer instanceof Located(_, var hold))) {
        LOG.info("{} is no help with {}: {}", owner.name(), order.what(), answer);
        return new Opening.Useless();
      }
      Optional<PeerBlob> body = open(owner, order.digest(), offset);
      if (body.isPresent()) {
        return new Opening.Opened(body.get());
      }
      if (hold == Hold.WHOLE || tries == TRIES) {
        return new Opening.Useless();
      }
    }
  }

  /**
   * One of these nodes that has a blob, or has begun to fetch it from upstream. One that follows
   * another is not followed, for it may come to follow this one.
   */
  Optional<Node> holder(Digest digest, List<Node> among) {
    return among.isEmpty()
        ? Optional.empty()
        : peers
            .colleagues()
            .firstWhere(among, new PeerQuestion.Has(digest), PeerStreams::mayBeFollowed)
            .await();
  }

  /**
   * Opens a blob at a holder. What it had may be over, and it follows another by now: it is asked
   * again once the stream is open, or two nodes might wait for each other for ever.
   */
  Optional<PeerBlob> openAtHolder(Node holder, Digest digest, long offset) {
    Optional<PeerBlob> body = open(holder, digest, offset);
    if (body.isPresent()
        && !mayBeFollowed(peers.colleagues().ask(holder, new PeerQuestion.Has(digest)))) {
      body.get().discard().run();
      return Optional.empty();
    }
    return body;
  }

  private static boolean mayBeFollowed(PeerAnswer answer) {
    return answer instanceof Located(_, var hold) && hold != Hold.FOLLOWING;
  }

  private Optional<PeerBlob> open(Node node, Digest digest, long offset) {
    return peers
        .blobs()
        .open(node.blobs(), digest, offset)
        .map(Optional::of)
        .otherwise(
            trouble -> {
              LOG.info("{} does not give {}: {}", node.name(), digest, trouble.getMessage());
              return Optional.empty();
            })
        .await();
  }

  /** What an owner is asked. */
  static PeerQuestion.Blob question(BlobOrder order, boolean headOnly) {
    Subject subject = Subject.of(order.rule(), order.repository(), order.purpose());
    return new PeerQuestion.Blob(subject, order.digest(), headOnly);
  }
}

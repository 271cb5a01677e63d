package dev.sluice.fetcher.pull;

import dev.sluice.fetcher.Descriptor;
import dev.sluice.fetcher.Nodes.Node;
import dev.sluice.fetcher.peers.PeerAnswer.Hold;
import dev.sluice.fetcher.peers.PeerAnswer.Located;
import dev.sluice.fetcher.peers.PeerQuestion.Has;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.storage.Digest;
import dev.sluice.storage.FillOutcome;
import dev.sluice.storage.FillOutcome.Filled;
import dev.sluice.storage.FillOutcome.Wrong;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Optional;

/**
 * Manifests that can be had without asking an upstream: they are here, or the archive or another
 * node has their bytes, which are kept here then. Its methods wait; confined to one context.
 */
final class ManifestLookup {

  private final Shelf shelf;
  private final ArchiveDoor archive;
  private final Peers peers;
  private final Tasks tasks;
  private final Flights<Digest, Boolean> flights = new Flights<>();

  ManifestLookup(Shelf shelf, ArchiveDoor archive, Peers peers, Tasks tasks) {
    this.shelf = shelf;
    this.archive = archive;
    this.peers = peers;
    this.tasks = tasks;
  }

  /** A manifest that the repository holds, wherever its bytes are. */
  Optional<Descriptor> find(RepositoryName repository, Digest digest) {
    Optional<Descriptor> here = shelf.find(repository, digest);
    List<Node> others = peers.owners().others(digest.toString());
    boolean isNowhereElse = others.isEmpty() && !archive.isThere();
    if (here.isPresent() || isNowhereElse || !shelf.knows(repository, digest)) {
      return here;
    }
    boolean brought =
        flights
            .join(digest, () -> tasks.run(() -> restored(digest) || bring(digest, others)))
            .result()
            .await();
    return brought ? shelf.find(repository, digest) : here;
  }

  private boolean restored(Digest digest) {
    Optional<FillOutcome> outcome =
        archive.read(digest).map(bytes -> shelf.put(digest, bytes).await());
    if (outcome.filter(Wrong.class::isInstance).isPresent()) {
      archive.wrong(digest);
    }
    return outcome.filter(Filled.class::isInstance).isPresent();
  }

  private boolean bring(Digest digest, List<Node> others) {
    return !others.isEmpty() && fromOneOf(others, digest);
  }

  private boolean fromOneOf(List<Node> others, Digest digest) {
    return peers
        .colleagues()
        .firstWhere(
            others,
            new Has(digest),
            answer -> answer instanceof Located(_, var hold) && hold == Hold.WHOLE)
        .await()
        .filter(node -> bring(node, digest).isPresent())
        .isPresent();
  }

  /**
   * Takes the bytes of a manifest from a node that said it has them.
   *
   * @return empty where it does not give them, or they cannot be kept
   */
  Optional<Buffer> bring(Node node, Digest digest) {
    return peers
        .blobs()
        .open(node.blobs(), digest, 0)
        .compose(PeerBody::read)
        .compose(bytes -> stored(digest, bytes))
        .otherwise(Optional.empty())
        .await();
  }

  private Future<Optional<Buffer>> stored(Digest digest, Buffer bytes) {
    return shelf
        .put(digest, bytes)
        .map(outcome -> Optional.of(bytes).filter(_ -> outcome instanceof Filled));
  }
}

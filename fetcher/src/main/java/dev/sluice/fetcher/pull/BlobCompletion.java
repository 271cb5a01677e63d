package dev.sluice.fetcher.pull;

import dev.sluice.fetcher.BlobRequest;
import dev.sluice.fetcher.upstream.Purpose;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.metadata.Rule;
import dev.sluice.storage.Digest;

/** Brings blobs in that nobody has asked for yet. */
final class BlobCompletion {

  private final BlobPull pull;
  private final BlobPull.Sources sources;
  private final BlobFetch.Rooms rooms;

  BlobCompletion(BlobPull pull, BlobPull.Sources sources, BlobFetch.Rooms rooms) {
    this.pull = pull;
    this.sources = sources;
    this.rooms = rooms;
  }

  /**
   * Has a blob brought in by its owner, whichever node that is, and waits until it is there. What
   * the archive has is at hand already.
   */
  void complete(Rule rule, RepositoryName repository, Digest digest) {
    long era = rooms.eras().of(repository);
    BlobOrder order = new BlobOrder(rule, repository, digest, Purpose.COMPLETION, era);
    if (sources.archive().answer(order, new BlobRequest(repository, digest, true)).isPresent()) {
      return;
    }
    if (sources.owners().areOurs(order) || !sources.owners().completed(order)) {
      pull.asOwner(rule, new BlobRequest(repository, digest, false), Purpose.COMPLETION);
      rooms.fills().settled(digest).await();
    }
  }
}

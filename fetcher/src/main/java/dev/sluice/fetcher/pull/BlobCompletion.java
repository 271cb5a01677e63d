package dev.sluice.fetcher.pull;

import dev.sluice.fetcher.BlobAnswer;
import dev.sluice.fetcher.BlobRequest;
import dev.sluice.fetcher.upstream.Purpose;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.metadata.Rule;
import dev.sluice.storage.Digest;
import java.util.Optional;
import java.util.OptionalLong;

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
  Completed complete(Rule rule, RepositoryName repository, Digest digest) {
    long era = rooms.eras().of(repository);
    BlobOrder order = new BlobOrder(rule, repository, digest, Purpose.COMPLETION, era);
    return archived(order).or(() -> atOwner(order)).orElseGet(() -> here(order));
  }

  private Optional<Completed> archived(BlobOrder order) {
    return sources
        .archive()
        .answer(order, new BlobRequest(order.repository(), order.digest(), true))
        .map(
            answer ->
                answer instanceof BlobAnswer.Upstream(var size)
                    ? new Completed.Here(size, false)
                    : new Completed.Here(OptionalLong.empty(), false));
  }

  private Optional<Completed> atOwner(BlobOrder order) {
    return sources.owners().areOurs(order) ? Optional.empty() : sources.owners().complete(order);
  }

  private Completed here(BlobOrder order) {
    BlobAnswer answer =
        pull.asOwner(
            order.rule(),
            new BlobRequest(order.repository(), order.digest(), false),
            Purpose.COMPLETION);
    rooms.fills().settled(order.digest()).await();
    return Completed.of(answer, order, rooms.blobs().find(order.digest()));
  }
}

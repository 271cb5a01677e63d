package dev.sluice.fetcher.pull;

import dev.sluice.fetcher.ManifestAnswer;
import dev.sluice.fetcher.pull.Backlog.Wanted;
import dev.sluice.fetcher.upstream.Purpose;
import dev.sluice.metadata.Member;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.metadata.Rule;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings in the children of an index that no client asked for, behind the scenes: few at a time, so
 * that people's pulls come first.
 */
final class IndexCompletion {

  private static final Logger LOG = LoggerFactory.getLogger(IndexCompletion.class);

  /** An image that lists more is not completed: nobody ships one, and upstream would be flooded. */
  private static final int MOST_BLOBS = 1_000;

  private final Backlog backlog;
  private final ManifestPull manifests;
  private final BlobCompletion blobs;
  private final Shelf shelf;
  private final Predicate<Wanted> isWantedStill;

  /**
   * @param isWantedStill not so once its repository has lost something, or its rule is gone
   */
  IndexCompletion(Rooms rooms, Predicate<Wanted> isWantedStill) {
    this.backlog = rooms.backlog;
    this.manifests = rooms.manifests;
    this.blobs = rooms.blobs;
    this.shelf = rooms.shelf;
    this.isWantedStill = isWantedStill;
  }

  /** What completion works with. */
  record Rooms(Backlog backlog, ManifestPull manifests, BlobCompletion blobs, Shelf shelf) {}

  /** Brings in what a manifest lists, and wants the children of an index. */
  void complete(Wanted wanted) {
    try {
      bringIn(wanted);
    } catch (Exception failure) {
      // await throws whatever a future failed with, checked or not.
      if (failure instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      } else {
        LOG.warn("{} of {} was not completed", wanted.digest(), wanted.repository(), failure);
      }
    }
  }

  private void bringIn(Wanted wanted) {
    Rule rule = wanted.rule();
    RepositoryName repository = wanted.repository();
    if (!isWantedStill.test(wanted)) {
      return;
    }
    if (!(manifests.byDigest(Optional.of(rule), repository, wanted.digest(), Purpose.COMPLETION)
        instanceof ManifestAnswer.Found found)) {
      // Said by the metrics of upstream requests; wanted again when the index is next looked at.
      return;
    }
    switch (shelf.document(found.manifest())) {
      case ManifestDocument.Index(_, var children) ->
          children.stream()
              .filter(child -> rule.policies().platforms().wants(child.platform()))
              .forEach(child -> backlog.add(wanted.child(child.member().digest())));
      case ManifestDocument.Image(_, var listed) -> bringIn(wanted, listed);
      case ManifestDocument.Unusable _ -> {}
    }
  }

  private void bringIn(Wanted wanted, List<Member> listed) {
    if (listed.size() > MOST_BLOBS) {
      return;
    }
    for (Member blob : listed) {
      if (!isWantedStill.test(wanted)) {
        return;
      }
      blobs.complete(wanted.rule(), wanted.repository(), blob.digest());
    }
  }
}

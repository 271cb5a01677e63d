package dev.sluice.fetcher.pull;

import dev.sluice.fetcher.FetchMetrics;
import dev.sluice.fetcher.peers.Owners;
import dev.sluice.metadata.ImageRecord;
import dev.sluice.metadata.Repository;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.storage.BlobStore;
import dev.sluice.storage.BlobStore.AtRest;
import dev.sluice.storage.Digest;
import io.vertx.core.Future;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Frees the space of blobs that no image lists any more, in any repository. One goes when it was
 * found so twice, a grace apart, and nobody has used it for as long: whoever was about to read it
 * has, and what is just being brought in is listed by then. Confined to one context.
 */
final class Sweep {

  private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);

  private final Names names;
  private final Owners owners;
  private final Housekeeping housekeeping;
  private final Tasks tasks;
  private final Clock clock;
  private final FetchMetrics metrics;
  private final Map<BlobStore, Map<Digest, Instant>> unlisted = new HashMap<>();

  /** Those that did not let themselves be looked through of late: each is told of once. */
  private final Set<BlobStore> failing = new HashSet<>();

  private boolean isLooking;

  Sweep(Tasks tasks, Owners owners, FetchParts parts) {
    this.names = parts.names();
    this.owners = owners;
    this.housekeeping = parts.housekeeping();
    this.tasks = tasks;
    this.clock = parts.clock();
    this.metrics = parts.metrics();
  }

  /**
   * Looks once; does nothing while an earlier look goes on, or while names cannot all be known.
   *
   * @return the images that were seen, for who looks further
   */
  List<Kept> look() {
    if (isLooking || !housekeeping.namesAreWhole().getAsBoolean()) {
      return List.of();
    }
    isLooking = true;
    try {
      Listed.Gathering gathering = new Listed.Gathering();
      List<Kept> ours = gather(gathering);
      Listed listed = gathering.end();
      if (housekeeping.namesAreWhole().getAsBoolean()) {
        housekeeping.places().forEach(place -> sweep(place, listed));
      }
      return ours;
    } finally {
      isLooking = false;
    }
  }

  /** An image that a repository holds, and that this node owns. */
  record Kept(RepositoryName repository, ImageRecord image) {}

  private List<Kept> gather(Listed.Gathering gathering) {
    List<Kept> ours = new ArrayList<>();
    for (Repository repository : tasks.aside(names.repositories()::all).await()) {
      RepositoryName name = repository.name();
      for (ImageRecord image : tasks.aside(() -> names.catalog().images(name)).await()) {
        gathering.add(image);
        if (owners.isOurs(image.digest().toString())) {
          ours.add(new Kept(name, image));
        }
      }
    }
    return ours;
  }

  private void sweep(Housekeeping.Place place, Listed listed) {
    Map<Digest, Instant> before = unlisted.getOrDefault(place.store(), Map.of());
    Predicate<Digest> isOurs = digest -> !place.isShared() || owners.isOurs(digest.toString());
    Map<Digest, Instant> now =
        tasks
            .aside(() -> Future.succeededFuture(drop(place.store(), before, listed, isOurs)))
            .await();
    unlisted.put(place.store(), now);
  }

  /** Drops what has been unlisted long enough; the others, and since when. */
  private Map<Digest, Instant> drop(
      BlobStore store, Map<Digest, Instant> before, Listed listed, Predicate<Digest> isOurs) {
    Instant now = clock.instant();
    Instant due = now.minus(housekeeping.grace());
    Map<Digest, Instant> waiting = new HashMap<>();
    try {
      List<AtRest> gone = new ArrayList<>();
      store.each(
          blob -> {
            if (!listed.contains(blob.digest()) && isOurs.test(blob.digest())) {
              Instant since = before.getOrDefault(blob.digest(), now);
              boolean goes = !since.isAfter(due) && !blob.since().isAfter(due);
              if (goes) {
                gone.add(blob);
              } else {
                waiting.put(blob.digest(), since);
              }
            }
          });
      delete(store, gone);
      failing.remove(store);
    } catch (IOException | UncheckedIOException unreadable) {
      LOG.atLevel(failing.add(store) ? Level.WARN : Level.DEBUG)
          .log("blobs that no image lists were not all dropped: {}", unreadable.toString());
    }
    return waiting;
  }

  private void delete(BlobStore store, List<AtRest> gone) throws IOException {
    long bytes = 0;
    for (AtRest blob : gone) {
      store.delete(blob.digest());
      bytes += blob.bytes();
    }
    if (!gone.isEmpty()) {
      LOG.info("{} blobs that no image lists any more gave back {} bytes", gone.size(), bytes);
      metrics.swept(gone.size(), bytes);
    }
  }
}

package dev.sluice.deploy;

import dev.sluice.storage.Archive;
import dev.sluice.storage.BlobStore;
import dev.sluice.storage.Digest;
import dev.sluice.storage.archive.ClearedStore;
import dev.sluice.storage.archive.Copies;
import dev.sluice.storage.archive.Doubts;
import dev.sluice.storage.archive.Outage.Deed;
import dev.sluice.storage.archive.Presence;
import dev.sluice.storage.archive.StoredArchive;
import dev.sluice.storage.growing.Followers;
import dev.sluice.storage.s3.Janitor;
import dev.sluice.storage.s3.S3BlobStore;
import dev.sluice.storage.s3.S3Settings;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node's dealings with the bucket that nodes share: what it copies there, and gets from there.
 */
final class Bucket implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Bucket.class);

  private static final Duration LINK = Duration.ofSeconds(60);
  private static final Duration RECONCILING = Duration.ofMinutes(10);
  private static final Duration CLEARING = Duration.ofHours(1);

  private final Vertx vertx;
  private final S3BlobStore store;
  private final Janitor janitor;
  private final Presence presence;
  private final Copies copies;
  private final Archive archive;
  private final BlobStore cleared;
  private final AtomicBoolean reconciling = new AtomicBoolean();

  /** What the bucket is for. */
  record Use(Vertx vertx, Clock clock, Predicate<Digest> isOurs) {}

  /**
   * Asks nobody yet.
   *
   * @param local what is on this node
   */
  Bucket(S3Settings settings, BlobStore local, Use use) {
    vertx = use.vertx();
    store = new S3BlobStore(settings);
    janitor = new Janitor(store, use.clock());
    presence = new Presence(store, use.clock());
    copies = new Copies(local, store, presence, use.isOurs());
    Doubts doubts = new Doubts(store, presence, use.clock(), copies::stored);
    archive =
        new StoredArchive(
            vertx,
            new StoredArchive.Shared(store, presence, doubts),
            digest -> store.link(digest, LINK));
    cleared = new ClearedStore(store, presence);
  }

  /** Who is told of what comes to this node. */
  Followers followers() {
    return copies;
  }

  /** What the nodes have there. */
  Archive archive() {
    return archive;
  }

  /** For who drops what no image lists any more. */
  BlobStore cleared() {
    return cleared;
  }

  /** Begins to keep it in order, behind the scenes. */
  void open() {
    clear();
    reconcile();
    vertx.setPeriodic(CLEARING.toMillis(), turn -> clear());
    vertx.setPeriodic(RECONCILING.toMillis(), turn -> reconcile());
  }

  private void clear() {
    Thread.startVirtualThread(
        () -> {
          try {
            janitor.clear();
            presence.outage().succeeds(Deed.CLEARING);
          } catch (IOException | RuntimeException failure) {
            presence.outage().fails(Deed.CLEARING, failure);
          }
        });
  }

  private void reconcile() {
    if (reconciling.compareAndSet(false, true)) {
      Thread.startVirtualThread(
          () -> {
            try {
              copies.reconcile();
            } catch (IOException | RuntimeException failure) {
              // Of a bucket that fails the outage tells, and of a disk whoever looks after it.
              LOG.debug("what the bucket lacks is copied later: {}", failure.getMessage());
            } finally {
              reconciling.set(false);
            }
          });
    }
  }

  @Override
  public void close() {
    copies.close();
    store.close();
  }
}

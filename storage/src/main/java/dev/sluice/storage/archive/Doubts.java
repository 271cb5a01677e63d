package dev.sluice.storage.archive;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sluice.storage.BlobStore;
import dev.sluice.storage.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Blobs of an archive that may be wrong there: those are dropped, and brought again by who has them
 * right. Its methods block.
 */
public final class Doubts {

  private static final Logger LOG = LoggerFactory.getLogger(Doubts.class);

  /** A blob is read for comparison no more often: somebody may doubt it for no good reason. */
  private static final Duration SETTLED = Duration.ofMinutes(10);

  private static final int MOST_SETTLED = 10_000;
  private static final int CHUNK = 256 << 10;

  private final BlobStore store;
  private final Presence presence;
  private final Consumer<Digest> dropped;
  private final Cache<Digest, Boolean> settled;

  /** Reading costs as much as serving. */
  private final Semaphore reading = new Semaphore(1);

  /**
   * About this store.
   *
   * @param presence of the same store
   * @param dropped hears of what is missing there from now on
   */
  public Doubts(BlobStore store, Presence presence, Clock clock, Consumer<Digest> dropped) {
    this.store = store;
    this.presence = presence;
    this.dropped = dropped;
    this.settled =
        Caffeine.newBuilder()
            .maximumSize(MOST_SETTLED)
            .expireAfterWrite(SETTLED)
            .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
            .build();
  }

  /** Reads a blob and drops it where it is wrong; does nothing while another one is read. */
  void settle(Digest digest) {
    if (settled.getIfPresent(digest) != null || !presence.isAnswering() || !reading.tryAcquire()) {
      return;
    }
    try {
      settled.put(digest, true);
      if (isWrong(digest)) {
        LOG.error("the archive has other bytes than those of {}; they are dropped", digest);
        drop(digest);
      }
    } finally {
      reading.release();
    }
  }

  private boolean isWrong(Digest digest) {
    try (InputStream bytes = store.open(digest, 0)) {
      MessageDigest hasher = digest.algorithm().hasher();
      byte[] chunk = new byte[CHUNK];
      for (int count = bytes.read(chunk); count >= 0; count = bytes.read(chunk)) {
        hasher.update(chunk, 0, count);
      }
      return !Digest.of(digest.algorithm(), hasher).equals(digest);
    } catch (NoSuchFileException gone) {
      presence.isMissing(digest);
      dropped.accept(digest);
    } catch (IOException | RuntimeException away) {
      presence.failed(away);
    }
    return false;
  }

  /** Drops what is known to be wrong. */
  void drop(Digest digest) {
    try {
      store.delete(digest);
      presence.isMissing(digest);
      dropped.accept(digest);
    } catch (IOException | RuntimeException away) {
      presence.failed(away);
    }
  }
}

package dev.sluice.storage.archive;

import dev.sluice.storage.BlobStore;
import dev.sluice.storage.Digest;
import dev.sluice.storage.growing.Followers;
import dev.sluice.storage.growing.GrowingBlob;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies into the archive what comes to this node, while it comes. A copy is one more reader of the
 * blob, at its own pace: no fill waits for it. What is not copied now is copied by {@link
 * #reconcile}.
 */
public final class Copies implements Followers, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Copies.class);

  /** Each has two parts of 8 MiB in memory. */
  private static final int AT_ONCE = 2;

  /** Each holds an open file. */
  private static final int WAITING = 256;

  private static final Duration GRACE = Duration.ofSeconds(3);
  private static final Duration CLEARING = Duration.ofSeconds(3);

  private final BlobStore local;
  private final BlobStore archive;
  private final Presence presence;
  private final Predicate<Digest> isOurs;
  private final Semaphore places = new Semaphore(AT_ONCE, true);
  private final Map<Digest, Copy> underWay = new ConcurrentHashMap<>();
  private final ExecutorService copiers = Executors.newVirtualThreadPerTaskExecutor();
  private volatile boolean closed;

  /**
   * From one store to the other.
   *
   * @param presence of the archive
   * @param isOurs whether a blob is this node's to copy while it comes; does not block
   */
  public Copies(BlobStore local, BlobStore archive, Presence presence, Predicate<Digest> isOurs) {
    this.local = local;
    this.archive = archive;
    this.presence = presence;
    this.isOurs = isOurs;
  }

  @Override
  public void begun(Digest digest, GrowingBlob blob) {
    if (isOurs.test(digest) && isWanted(digest) && blob.hold()) {
      start(digest, new GrowingOrigin(blob), blob::release);
    }
  }

  /** Whoever has got it: a manifest is stored by who was asked for its tag, not by its owner. */
  @Override
  public void stored(Digest digest) {
    if (isWanted(digest)) {
      start(digest, new StoredOrigin(local, digest), () -> {});
    }
  }

  private boolean isWanted(Digest digest) {
    return !closed
        && underWay.size() < WAITING
        && !underWay.containsKey(digest)
        && !presence.remembers(digest)
        && presence.takesCopies();
  }

  private void start(Digest digest, Origin origin, Runnable otherwise) {
    Copy copy = new Copy(digest, origin, archive, presence);
    if (underWay.putIfAbsent(digest, copy) != null) {
      otherwise.run();
      return;
    }
    try {
      copiers.execute(() -> run(copy, digest));
    } catch (RejectedExecutionException closing) {
      underWay.remove(digest, copy);
      otherwise.run();
    }
  }

  private boolean run(Copy copy, Digest digest) {
    try {
      return copy.run(places);
    } finally {
      underWay.remove(digest, copy);
    }
  }

  /**
   * Copies every blob of this node that the archive lacks, one after the other; blocks. This node's
   * own come first, as other nodes copy theirs meanwhile. To be called now and then, by one thread.
   *
   * @return how many were copied
   * @throws IOException where it cannot be known what the archive lacks
   */
  public int reconcile() throws IOException {
    Set<Digest> lacking = new HashSet<>();
    local.each(blob -> lacking.add(blob.digest()));
    presence.each(lacking::remove);
    Map<Boolean, List<Digest>> byOwner =
        lacking.stream().collect(Collectors.partitioningBy(isOurs));
    return copyAll(byOwner.get(true)) + copyAll(byOwner.get(false));
  }

  private int copyAll(List<Digest> lacking) {
    int copied = 0;
    for (Digest digest : lacking) {
      if (!closed && presence.takesCopies() && copyNow(digest)) {
        copied++;
      }
    }
    return copied;
  }

  private boolean copyNow(Digest digest) {
    Copy copy = new Copy(digest, new StoredOrigin(local, digest), archive, presence);
    return underWay.putIfAbsent(digest, copy) == null && run(copy, digest);
  }

  /** Begins no copy any more; those under way get a moment, and are aborted then. */
  @Override
  public void close() {
    close(GRACE);
  }

  /** Begins no copy any more; those under way get this long, and are aborted then. */
  void close(Duration grace) {
    closed = true;
    copiers.shutdown();
    try {
      if (!copiers.awaitTermination(grace.toNanos(), TimeUnit.NANOSECONDS)) {
        underWay.values().forEach(Copy::stop);
        if (!copiers.awaitTermination(CLEARING.toNanos(), TimeUnit.NANOSECONDS)) {
          LOG.warn(
              "copies under way are left unfinished in the archive; they are cleared up later");
        }
      }
    } catch (InterruptedException hurried) {
      underWay.values().forEach(Copy::stop);
      Thread.currentThread().interrupt();
    }
  }
}

package dev.sluice.storage.disk;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Policy;
import dev.sluice.storage.Digest;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Sees to it that blobs never take more than their share of the disk: room is reserved before a
 * blob is written, and made by dropping those that are used least, by Caffeine's W-TinyLFU order.
 * Nothing that is open is dropped.
 *
 * <p>It knows how much there is and how it is used, not what there is: that the folder alone says.
 */
final class SpaceKeeper {

  /** What a file takes on a disk comes in blocks of this many bytes. */
  private static final int BLOCK = 4096;

  private final long limit;
  private final FreeSpace free;
  private final Consumer<Digest> drop;
  private final Cache<Digest, Holding> holdings;
  private final AtomicLong used = new AtomicLong();
  private final AtomicLong reserved = new AtomicLong();
  private final AtomicLong unwritten = new AtomicLong();
  private final AtomicLong evicted = new AtomicLong();
  private final ReentrantLock making = new ReentrantLock();

  /** What the disk has left, whoever takes it. */
  @FunctionalInterface
  interface FreeSpace {
    /** In bytes. */
    long bytes() throws IOException;
  }

  /**
   * @param limit in bytes
   * @param drop removes a blob's file
   */
  SpaceKeeper(long limit, FreeSpace free, Consumer<Digest> drop) {
    this.limit = limit;
    this.free = free;
    this.drop = drop;
    this.holdings =
        Caffeine.newBuilder()
            .maximumWeight(blocks(limit))
            .weigher((Digest digest, Holding held) -> (int) blocks(held.bytes()))
            .executor(Runnable::run)
            .evictionListener((digest, held, cause) -> lost(digest, held))
            .build();
  }

  private static long blocks(long bytes) {
    return (bytes + BLOCK - 1) / BLOCK;
  }

  /** What so many bytes take. */
  static long onDisk(long bytes) {
    return blocks(bytes) * BLOCK;
  }

  SpaceUse use() {
    return new SpaceUse(limit, used.get(), reserved.get(), evicted.get());
  }

  /** Notes a blob that is at rest; room for it need not be made. */
  void keep(Digest digest, Holding holding) {
    Holding before = holdings.asMap().put(digest, holding);
    used.addAndGet(onDisk(holding.bytes()) - (before == null ? 0 : onDisk(before.bytes())));
  }

  /** What is known of a blob; null for nothing. Counts as use. */
  Holding use(Digest digest) {
    return holdings.getIfPresent(digest);
  }

  /** The same, without that it counts. */
  Holding peek(Digest digest) {
    return holdings.policy().getIfPresentQuietly(digest);
  }

  /** A blob is not there any more. */
  void forget(Digest digest) {
    Holding before = holdings.asMap().remove(digest);
    if (before != null) {
      used.addAndGet(-onDisk(before.bytes()));
    }
  }

  /** The cache has dropped by itself what was more than its limit. */
  private void lost(Digest digest, Holding held) {
    used.addAndGet(-onDisk(held.bytes()));
    evicted.incrementAndGet();
    drop.accept(digest);
  }

  /**
   * Room for a blob that is about to be written.
   *
   * @throws NoRoom where too little can be dropped
   */
  Reservation reserve(long bytes) throws IOException {
    Reservation room = new Reservation();
    room.grow(bytes);
    return room;
  }

  /** Makes room for this many bytes more. */
  private void makeRoom(long bytes) throws IOException {
    long missing =
        Math.max(
            used.get() + reserved.get() + bytes - limit, unwritten.get() + bytes - free.bytes());
    if (missing <= 0) {
      return;
    }
    if (bytes > limit) {
      throw new NoRoom(bytes, limit);
    }
    Policy.Eviction<Digest, Holding> order = holdings.policy().eviction().orElseThrow();
    Victims victims = order.coldest(coldestFirst -> Victims.among(coldestFirst, missing));
    if (victims.freed() < missing) {
      throw new NoRoom(bytes, limit);
    }
    for (Digest victim : victims.chosen()) {
      forget(victim);
      evicted.incrementAndGet();
      drop.accept(victim);
    }
  }

  /** Room for one blob. Used by one thread at a time. */
  final class Reservation {
    private long room;
    private long taken;

    /** Asks for this many bytes more. */
    void grow(long bytes) throws IOException {
      making.lock();
      try {
        makeRoom(bytes);
        room += bytes;
        reserved.addAndGet(bytes);
        unwritten.addAndGet(bytes);
      } finally {
        making.unlock();
      }
    }

    /** So many bytes more are written; more than was reserved needs room first. */
    void take(long bytes) throws IOException {
      if (taken + bytes > room) {
        grow(taken + bytes - room);
      }
      taken += bytes;
      unwritten.addAndGet(-bytes);
    }

    /** Ends it: the blob is kept, or dropped. */
    void end() {
      reserved.addAndGet(-room);
      unwritten.addAndGet(taken - room);
      room = 0;
      taken = 0;
    }
  }
}

package dev.sluice.storage.disk;

import dev.sluice.storage.Digest;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Sees to it that blobs never take more than their share of the disk: room is reserved before a
 * blob is written, and made by dropping those that are used least. Nothing that is open is dropped.
 *
 * <p>It knows how much there is and how it is used, not what there is: that the folder alone says.
 */
final class SpaceKeeper {

  /** Some small blobs, or a large one. */
  private static final int SPARED = 1 << 16;

  private final long limit;
  private final FreeSpace free;
  private final Dropping dropping;
  private final Holdings holdings;
  private final AtomicLong reserved = new AtomicLong();
  private final AtomicLong unwritten = new AtomicLong();
  private final AtomicLong evicted = new AtomicLong();
  private final ReentrantLock making = new ReentrantLock();
  private volatile NoRoom refused;

  /** Removes a blob's file. */
  @FunctionalInterface
  interface Dropping {
    void drop(Digest digest) throws IOException;
  }

  /** That of a share of so many bytes. */
  SpaceKeeper(long limit, FreeSpace free, Dropping dropping) {
    this.limit = limit;
    this.free = free;
    this.dropping = dropping;
    this.holdings = new Holdings(limit);
  }

  SpaceUse use() {
    return new SpaceUse(limit, holdings.used(), reserved.get(), evicted.get());
  }

  /** Why a blob found no room of late; empty where the last one did. */
  Optional<String> trouble() {
    return Optional.ofNullable(refused).map(NoRoom::getMessage);
  }

  /** Whoever filled the disk may have gone. */
  void lookAgain() throws IOException {
    if (refused != null && free.bytes() > 0) {
      refused = null;
    }
  }

  /**
   * Notes a blob that was there already, and makes room for it.
   *
   * @return what is known of it from now on
   * @throws IOException where there is no room: then nothing is noted
   */
  Holding note(Digest digest, Holding found) throws IOException {
    making.lock();
    try {
      Holding before = holdings.peek(digest);
      if (before != null && before.bytes() == found.bytes()) {
        return before;
      }
      holdings.forget(digest);
      // It is on the disk already: only the share of blobs can be too small.
      makeRoom(
          holdings.used() + reserved.get() + Holdings.onDisk(found.bytes()) - limit, found.bytes());
      holdings.put(digest, found);
      return found;
    } finally {
      making.unlock();
    }
  }

  /** A blob went for want of room. */
  void madeRoom() {
    evicted.incrementAndGet();
  }

  /** What is known of the blobs at rest. */
  Holdings holdings() {
    return holdings;
  }

  /**
   * Room for a blob that is about to be written.
   *
   * @throws NoRoom where too little can be dropped
   */
  Reservation reserve(long bytes) throws IOException {
    Reservation room = new Reservation(this);
    room.grow(bytes);
    return room;
  }

  /** What is too much if this many bytes more are written. */
  private long missing(long bytes) throws IOException {
    return Math.max(
        holdings.used() + reserved.get() + bytes - limit, unwritten.get() + bytes - free.bytes());
  }

  /**
   * Drops blobs.
   *
   * @param missing how many bytes must go; none where it is 0 or less
   * @param bytes for which
   */
  private void makeRoom(long missing, long bytes) throws IOException {
    if (missing > 0 && Holdings.onDisk(bytes) > limit) {
      throw NoRoom.tooLarge(bytes, limit);
    }
    for (long left = missing; left > 0; ) {
      Victims victims = holdings.coldest(left);
      if (victims.freed() < left) {
        refused = NoRoom.crowded(bytes, left - victims.freed());
        throw refused;
      }
      for (Victims.Victim victim : victims.chosen()) {
        left -= drop(victim);
      }
    }
    refused = null;
  }

  /** How many bytes that has freed: none where somebody has opened it just now. */
  private long drop(Victims.Victim victim) throws IOException {
    if (!victim.holding().giveUp()) {
      return 0;
    }
    try {
      dropping.drop(victim.digest());
    } catch (IOException stuck) {
      victim.holding().stay();
      throw stuck;
    }
    holdings.forget(victim.digest());
    madeRoom();
    return Holdings.onDisk(victim.holding().bytes());
  }

  /** Drops a little: the disk is full by another count than ours, such as that of its inodes. */
  void spare() throws IOException {
    making.lock();
    try {
      makeRoom(SPARED, 0);
    } finally {
      making.unlock();
    }
  }

  /**
   * Reserves more for one blob.
   *
   * @param blocks how much, in whole blocks
   * @param bytes what the blob comes to so far
   */
  void grant(long blocks, long bytes) throws IOException {
    making.lock();
    try {
      makeRoom(missing(blocks), bytes);
      reserved.addAndGet(blocks);
      unwritten.addAndGet(blocks);
    } finally {
      making.unlock();
    }
  }

  /** So many bytes of what is reserved are written. */
  void written(long bytes) {
    unwritten.addAndGet(-bytes);
  }

  /** Takes back what was reserved for a blob, of which so much was written. */
  void takeBack(long room, long taken) {
    reserved.addAndGet(-room);
    unwritten.addAndGet(taken - room);
  }

  /** The same, as the blob is at rest; in one, so that nobody is given its room meanwhile. */
  void turn(Reservation room, Digest digest, Holding holding) {
    making.lock();
    try {
      room.end();
      holdings.put(digest, holding);
    } finally {
      making.unlock();
    }
  }
}

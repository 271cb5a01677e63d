package dev.sluice.storage.disk;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sluice.storage.Digest;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What is known of the blobs at rest, how much they take together, and which of them are used
 * least, by Caffeine's W-TinyLFU order. Whoever adds sees to it that all fit: then nothing is
 * dropped from here by itself.
 */
final class Holdings {

  /** What a file takes on a disk comes in blocks of this many bytes. */
  private static final int BLOCK = 4096;

  private final Cache<Digest, Holding> byUse;
  private final AtomicLong used = new AtomicLong();

  /**
   * @param limit what all may take, in bytes
   */
  Holdings(long limit) {
    byUse =
        Caffeine.newBuilder()
            .maximumWeight(blocks(limit))
            .weigher((Digest digest, Holding held) -> (int) blocks(held.bytes()))
            .executor(Runnable::run)
            .build();
  }

  private static long blocks(long bytes) {
    return (bytes + BLOCK - 1) / BLOCK;
  }

  /** What so many bytes take. */
  static long onDisk(long bytes) {
    return blocks(bytes) * BLOCK;
  }

  /** What all take, in bytes as the disk counts them. */
  long used() {
    return used.get();
  }

  void put(Digest digest, Holding holding) {
    Holding before = byUse.asMap().put(digest, holding);
    used.addAndGet(onDisk(holding.bytes()) - (before == null ? 0 : onDisk(before.bytes())));
  }

  /** What is known of a blob; null for nothing. Counts as use. */
  Holding use(Digest digest) {
    return byUse.getIfPresent(digest);
  }

  /** The same, without that it counts. */
  Holding peek(Digest digest) {
    return byUse.policy().getIfPresentQuietly(digest);
  }

  void forget(Digest digest) {
    Holding before = byUse.asMap().remove(digest);
    if (before != null) {
      used.addAndGet(-onDisk(before.bytes()));
    }
  }

  /** Those to drop for so many bytes; fewer where there are no more that nobody has open. */
  Victims coldest(long missing) {
    return byUse
        .policy()
        .eviction()
        .orElseThrow()
        .coldest(coldestFirst -> Victims.among(coldestFirst, missing));
  }
}

package dev.sluice.storage.disk;

import com.github.benmanes.caffeine.cache.Policy.CacheEntry;
import dev.sluice.storage.Digest;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The blobs that make room for others.
 *
 * @param freed what they take on the disk, in bytes
 */
record Victims(List<Digest> chosen, long freed) {

  /** The coldest that nobody has open, as many as it takes; fewer where there are no more. */
  static Victims among(Stream<CacheEntry<Digest, Holding>> coldestFirst, long missing) {
    List<Digest> chosen = new ArrayList<>();
    long freed = 0;
    Iterator<CacheEntry<Digest, Holding>> next = coldestFirst.iterator();
    while (freed < missing && next.hasNext()) {
      CacheEntry<Digest, Holding> candidate = next.next();
      if (!candidate.getValue().isOpen()) {
        chosen.add(candidate.getKey());
        freed += SpaceKeeper.onDisk(candidate.getValue().bytes());
      }
    }
    return new Victims(chosen, freed);
  }
}

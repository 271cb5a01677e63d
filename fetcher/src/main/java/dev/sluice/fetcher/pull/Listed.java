package dev.sluice.fetcher.pull;

import dev.sluice.metadata.ImageRecord;
import dev.sluice.metadata.Member;
import dev.sluice.storage.Digest;
import java.util.Arrays;
import java.util.stream.LongStream;

/**
 * All digests that images are known by or list: eight bytes of each, for there may be millions. Two
 * digests that begin alike are taken for one, so a blob stays that could go.
 */
final class Listed {

  private static final int HEX_DIGITS = 16;

  private final long[] sorted;

  private Listed(long[] sorted) {
    this.sorted = sorted;
  }

  /** Whether an image lists it, or is it. */
  boolean contains(Digest digest) {
    return Arrays.binarySearch(sorted, beginning(digest)) >= 0;
  }

  private static long beginning(Digest digest) {
    return Long.parseUnsignedLong(digest.hex(), 0, HEX_DIGITS, 16);
  }

  /** Gathers them. */
  static final class Gathering {
    private final LongStream.Builder found = LongStream.builder();

    void add(ImageRecord image) {
      found.add(beginning(image.digest()));
      for (Member member : image.members()) {
        found.add(beginning(member.digest()));
      }
    }

    Listed end() {
      return new Listed(found.build().sorted().toArray());
    }
  }
}

package dev.sluice.deploy.accept;

import java.security.MessageDigest;

/** A blob of any size whose every byte follows from its offset, so that nobody has to keep it. */
record GeneratedBlob(long seed, long size, String digest) implements Content {
  private static final int CHUNK = 64 * 1024;

  /** The blob of the given size in bytes; another seed gives another blob. */
  static GeneratedBlob of(long seed, long size) {
    var unnamed = new GeneratedBlob(seed, size, "");
    MessageDigest sha256 = Sha256.digest();
    byte[] chunk = new byte[CHUNK];
    for (long offset = 0; offset < size; offset += CHUNK) {
      int length = (int) Math.min(CHUNK, size - offset);
      unnamed.copy(offset, chunk, length);
      sha256.update(chunk, 0, length);
    }
    return new GeneratedBlob(seed, size, Sha256.named(sha256.digest()));
  }

  @Override
  public String mediaType() {
    return MediaTypes.LAYER;
  }

  byte at(long offset) {
    return (byte) (word(offset >>> 3) >>> (8 * (offset & 7)));
  }

  @Override
  public void copy(long offset, byte[] target, int length) {
    long word = 0;
    for (int i = 0; i < length; i++) {
      long at = offset + i;
      if (i == 0 || (at & 7) == 0) {
        word = word(at >>> 3);
      }
      target[i] = (byte) (word >>> (8 * (at & 7)));
    }
  }

  /** Stafford's variant 13 of the MurmurHash3 finalizer: no two neighbours look alike. */
  private long word(long index) {
    long z = index * 0x9e3779b97f4a7c15L + seed;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}

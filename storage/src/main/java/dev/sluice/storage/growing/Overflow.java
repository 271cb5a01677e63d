package dev.sluice.storage.growing;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sluice.storage.Digest;
import io.vertx.core.buffer.Buffer;
import java.util.OptionalLong;

/**
 * Small blobs that the disk refuses, such as manifests: as many as memory allows, so that images
 * can be pulled on.
 */
final class Overflow {

  private static final long MOST_BYTES = 32 << 20;

  private final Cache<Digest, Buffer> kept =
      Caffeine.newBuilder()
          .maximumWeight(MOST_BYTES)
          .weigher((Digest digest, Buffer bytes) -> bytes.length())
          .executor(Runnable::run)
          .build();

  /** Keeps these bytes; false where they are no small blob, or not what their name says. */
  boolean keep(Digest digest, Buffer bytes) {
    byte[] copy = bytes.getBytes();
    var hasher = digest.algorithm().hasher();
    hasher.update(copy);
    if (copy.length > MOST_BYTES / 4 || !Digest.of(digest.algorithm(), hasher).equals(digest)) {
      return false;
    }
    kept.put(digest, Buffer.buffer(copy));
    return true;
  }

  /** The size of a blob in bytes. */
  OptionalLong find(Digest digest) {
    Buffer bytes = kept.getIfPresent(digest);
    return bytes == null ? OptionalLong.empty() : OptionalLong.of(bytes.length());
  }

  /** A blob's bytes; null where they are not here. */
  Buffer bytes(Digest digest) {
    return kept.getIfPresent(digest);
  }

  /** The disk has it by now. */
  void drop(Digest digest) {
    kept.invalidate(digest);
  }
}

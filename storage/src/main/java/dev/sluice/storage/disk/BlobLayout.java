package dev.sluice.storage.disk;

import dev.sluice.storage.Digest;
import java.nio.file.Path;

/**
 * Every path the store makes, under its root:
 *
 * <pre>
 * blobs/sha256/ab/abcdef...     whole and verified, named by what they hold
 * incomplete/sha256-abcdef....7 being filled; whatever is here at start is left from a crash
 * </pre>
 *
 * Paths are built from digests only, and a digest is hex: no client's string becomes a path.
 */
record BlobLayout(Path root) {

  /** Holds the whole blobs. */
  Path blobs() {
    return root.resolve("blobs");
  }

  /** Holds the fills under way. */
  Path incomplete() {
    return root.resolve("incomplete");
  }

  /** Where a whole blob is. */
  Path blob(Digest digest) {
    return blobs()
        .resolve(digest.algorithm().label())
        .resolve(digest.hex().substring(0, 2))
        .resolve(digest.hex());
  }

  /**
   * Where a fill writes.
   *
   * @param attempt tells two fills of one digest apart
   */
  Path fill(Digest digest, long attempt) {
    return incomplete().resolve(digest.algorithm().label() + '-' + digest.hex() + '.' + attempt);
  }

  /** Where it is tried whether the disk takes anything. */
  Path probe(long attempt) {
    return incomplete().resolve("probe." + attempt);
  }
}

package dev.sluice.storage.s3;

import dev.sluice.storage.Digest;
import java.util.Optional;

/**
 * The keys of blobs, after the prefix as on disk: {@code blobs/sha256/ab/abcdef...}.
 *
 * @param prefix of every key
 */
record S3Keys(String prefix) {

  private static final String BLOBS = "blobs/";

  /** What the keys of all blobs begin with, and no others. */
  String all() {
    return prefix + BLOBS;
  }

  String of(Digest digest) {
    String hex = digest.hex();
    return all() + digest.algorithm().label() + '/' + hex.substring(0, 2) + '/' + hex;
  }

  /** The blob that a key is of; empty for one that a stranger made. */
  Optional<Digest> read(String key) {
    String[] steps = key.startsWith(all()) ? key.substring(all().length()).split("/", -1) : null;
    return steps == null || steps.length != 3
        ? Optional.empty()
        : Digest.parse(steps[0] + ':' + steps[2]).filter(digest -> of(digest).equals(key));
  }
}

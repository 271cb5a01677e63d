package dev.sluice.fetcher.pull;

import dev.sluice.metadata.Reference.Tag;
import dev.sluice.storage.Digest;

/**
 * The tag under which clients keep a list of what refers to a manifest, on registries that have no
 * endpoint for that (distribution spec, "Referrers Tag Schema").
 */
final class ReferrersTag {

  /** The spec cuts the hex there, so that every tag is short enough. */
  private static final int LONGEST_HEX = 64;

  private ReferrersTag() {}

  /** That of a manifest. */
  static Tag of(Digest subject) {
    String hex = subject.hex();
    String algorithm = subject.toString().substring(0, subject.toString().indexOf(':'));
    return new Tag(algorithm + '-' + hex.substring(0, Math.min(LONGEST_HEX, hex.length())));
  }
}

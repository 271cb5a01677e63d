package dev.sluice.gateway.registry;

import dev.sluice.storage.Digest;

/** Entity tags (RFC 9110 section 8.8.3): what is named by its digest has that for its tag. */
final class Etag {

  private Etag() {}

  static String of(Digest digest) {
    return '"' + digest.toString() + '"';
  }

  /**
   * Whether an {@code If-None-Match} lists a tag, by weak comparison.
   *
   * @param header null where there was none
   */
  static boolean matches(String header, String etag) {
    if (header == null) {
      return false;
    }
    for (String candidate : header.split(",")) {
      String bare = candidate.strip();
      if (bare.equals("*") || bare.equals(etag) || bare.equals("W/" + etag)) {
        return true;
      }
    }
    return false;
  }
}

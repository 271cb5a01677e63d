package dev.sluice.deploy.accept;

/** Bytes that a test registry serves, addressed by their digest. */
interface Content {
  String mediaType();

  String digest();

  long size();

  /**
   * Copies {@code length} bytes, beginning at {@code offset} of the content, to the target's start.
   */
  void copy(long offset, byte[] target, int length);
}

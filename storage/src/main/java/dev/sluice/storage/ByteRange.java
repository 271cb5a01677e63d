package dev.sluice.storage;

/**
 * A run of bytes within a blob.
 *
 * @param offset the first byte, from 0
 * @param length how many bytes, 0 or more
 */
public record ByteRange(long offset, long length) {

  /** Refuses negative figures and sums past the range of a long. */
  public ByteRange {
    if (offset < 0 || length < 0 || offset > Long.MAX_VALUE - length) {
      throw new IllegalArgumentException("bad range: " + offset + "+" + length);
    }
  }

  /** A whole blob of this size. */
  public static ByteRange whole(long size) {
    return new ByteRange(0, size);
  }

  /** One past the last byte. */
  public long end() {
    return offset + length;
  }
}

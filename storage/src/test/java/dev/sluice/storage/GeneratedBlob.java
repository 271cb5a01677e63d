package dev.sluice.storage;

import dev.sluice.storage.Digest.Algorithm;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Random;

/**
 * Bytes of any length that need no memory. Every block of them differs, so that one in the place of
 * another is noticed.
 */
public final class GeneratedBlob {

  private static final byte[] NOISE = new byte[64 << 10];

  static {
    new Random(7).nextBytes(NOISE);
  }

  private final long size;

  /** So many bytes. */
  public GeneratedBlob(long size) {
    this.size = size;
  }

  /** How many there are. */
  public long size() {
    return size;
  }

  /** What they are called. */
  public Digest digest() {
    MessageDigest hasher = Algorithm.SHA256.hasher();
    for (long at = 0; at < size; ) {
      ByteBuffer block = blockAt(at);
      at += block.remaining();
      hasher.update(block);
    }
    return Digest.of(Algorithm.SHA256, hasher);
  }

  /** Some of them, from a multiple of 64 KiB on. */
  public ByteBuffer blockAt(long offset) {
    byte[] block = NOISE.clone();
    ByteBuffer.wrap(block).putLong(0, offset);
    return ByteBuffer.wrap(block, 0, (int) Math.min(block.length, size - offset));
  }

  /** Writes them. */
  public void writeTo(BlobWriter writer) throws IOException {
    for (long at = writer.written(); at < size; at = writer.written()) {
      writer.write(new ByteBuffer[] {blockAt(at)});
    }
  }

  /** The digest of all that a stream has, which is closed. */
  public static Digest digestOf(InputStream bytes) throws IOException {
    MessageDigest hasher = Algorithm.SHA256.hasher();
    try (bytes) {
      byte[] chunk = new byte[64 << 10];
      for (int count = bytes.read(chunk); count >= 0; count = bytes.read(chunk)) {
        hasher.update(chunk, 0, count);
      }
    }
    return Digest.of(Algorithm.SHA256, hasher);
  }
}

package dev.sluice.fetcher.fake;

import dev.sluice.storage.Digest;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** Bytes that can be read from anywhere, held in memory or made up while they are read. */
public interface Content {

  /** No bytes at all. */
  Content EMPTY = of(new byte[0]);

  /** How many bytes there are. */
  long size();

  /** These bytes; the caller keeps within the size. */
  Buffer read(long from, int length);

  /** These bytes, held in memory. */
  static Content of(byte[] bytes) {
    Buffer held = Buffer.buffer(bytes.clone());
    return new Derived(
        bytes.length, (from, length) -> held.getBuffer((int) from, (int) from + length));
  }

  /** This text in UTF-8. */
  static Content of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Pseudo-random bytes that depend on the seed and their position alone; none are kept. */
  static Content seeded(long seed, long size) {
    return new Derived(size, (from, length) -> noise(seed, from, length));
  }

  /** As many zero bytes. */
  static Content zeros(long size) {
    return new Derived(size, (from, length) -> Buffer.buffer(new byte[length]));
  }

  /** The run of bytes from here on. */
  default Content slice(long from, long length) {
    return new Derived(length, (at, count) -> read(from + at, count));
  }

  /** The same beginning, cut off or made longer with noise. */
  default Content resized(long size) {
    return new Derived(
        size,
        (from, length) -> {
          int own = Math.clamp(size() - from, 0, length);
          Buffer bytes = own == 0 ? Buffer.buffer() : Buffer.buffer().appendBuffer(read(from, own));
          return own == length ? bytes : bytes.appendBuffer(noise(size, from + own, length - own));
        });
  }

  /** The same bytes but for the lowest bit of one. */
  default Content flippedAt(long position) {
    return new Derived(
        size(),
        (from, length) -> {
          Buffer bytes = read(from, length);
          if (position < from || position >= from + length) {
            return bytes;
          }
          int at = (int) (position - from);
          return bytes.copy().setByte(at, (byte) (bytes.getByte(at) ^ 1));
        });
  }

  /** The digest, computed by reading everything once. */
  default Digest digest(Digest.Algorithm algorithm) {
    MessageDigest hasher = algorithm.hasher();
    for (long at = 0; at < size(); at += 1 << 16) {
      hasher.update(read(at, (int) Math.min(1 << 16, size() - at)).getBytes());
    }
    return Digest.of(algorithm, hasher);
  }

  /** Everything at once, for contents that fit an array. */
  default byte[] toBytes() {
    return read(0, Math.toIntExact(size())).getBytes();
  }

  private static Buffer noise(long seed, long from, int length) {
    int skipped = (int) (from & 7);
    long word = from >>> 3;
    ByteBuffer words = ByteBuffer.allocate((skipped + length + 7) & ~7);
    while (words.hasRemaining()) {
      words.putLong(mix(seed * 0x9E3779B97F4A7C15L + word++));
    }
    return Buffer.buffer(words.array()).slice(skipped, skipped + length);
  }

  /** The finaliser of SplitMix64, which turns consecutive numbers into independent looking ones. */
  private static long mix(long number) {
    long z = (number ^ (number >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** A size and a way to read. */
  record Derived(long size, Reader reader) implements Content {

    /** Reads within a content's size. */
    public interface Reader {
      /** These bytes. */
      Buffer read(long from, int length);
    }

    @Override
    public Buffer read(long from, int length) {
      return reader.read(from, length);
    }
  }
}

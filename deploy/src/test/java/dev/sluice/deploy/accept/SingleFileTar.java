package dev.sluice.deploy.accept;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A POSIX ustar archive that holds one executable file. */
final class SingleFileTar {
  private static final int BLOCK = 512;
  private static final int CHECKSUM_OFFSET = 148;
  private static final int CHECKSUM_LENGTH = 8;

  private SingleFileTar() {}

  static byte[] of(String name, byte[] content) {
    int padded = (content.length + BLOCK - 1) / BLOCK * BLOCK;
    byte[] tar = new byte[BLOCK + padded + 2 * BLOCK]; // two empty blocks end an archive
    header(tar, name, content.length);
    System.arraycopy(content, 0, tar, BLOCK, content.length);
    return tar;
  }

  private static void header(byte[] tar, String name, int size) {
    put(tar, 0, name);
    put(tar, 100, "0000755");
    put(tar, 108, "0000000");
    put(tar, 116, "0000000");
    put(tar, 124, "%011o".formatted(size));
    put(tar, 136, "00000000000");
    put(tar, 156, "0");
    put(tar, 257, "ustar");
    put(tar, 263, "00");
    // POSIX: the checksum is reckoned as if its own field were spaces.
    Arrays.fill(tar, CHECKSUM_OFFSET, CHECKSUM_OFFSET + CHECKSUM_LENGTH, (byte) ' ');
    int sum = 0;
    for (int i = 0; i < BLOCK; i++) {
      sum += tar[i] & 0xff;
    }
    put(tar, CHECKSUM_OFFSET, "%06o\0".formatted(sum));
  }

  private static void put(byte[] tar, int offset, String value) {
    byte[] bytes = value.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, tar, offset, bytes.length);
  }
}

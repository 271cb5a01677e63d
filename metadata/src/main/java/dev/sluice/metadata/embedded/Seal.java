package dev.sluice.metadata.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * A record's text behind a checksum of its key and itself: MVStore's pages have none, and a garbled
 * bit would leave a tag that points elsewhere, or a record under another name.
 */
final class Seal {

  private static final int LENGTH = 8;

  private Seal() {}

  static String seal(String key, String text) {
    return checksum(key, text) + text;
  }

  /** The text behind a seal; empty where the seal does not fit. */
  static Optional<String> open(String key, String stored) {
    if (stored.length() < LENGTH) {
      return Optional.empty();
    }
    String text = stored.substring(LENGTH);
    return stored.startsWith(checksum(key, text)) ? Optional.of(text) : Optional.empty();
  }

  private static String checksum(String key, String text) {
    CRC32C sum = new CRC32C();
    sum.update(key.getBytes(UTF_8));
    sum.update('\n');
    sum.update(text.getBytes(UTF_8));
    return HexFormat.of().toHexDigits((int) sum.getValue());
  }
}

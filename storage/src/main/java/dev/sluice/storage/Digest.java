package dev.sluice.storage;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The name of bytes: a registered algorithm and its lower-case hex.
 *
 * <p>Only the algorithms that the OCI image spec registers for use today are known (descriptor.md,
 * "Registered algorithms"); bytes under any other name could not be verified and are never stored.
 */
public record Digest(Algorithm algorithm, String hex) {

  /** A registered digest algorithm. */
  public enum Algorithm {
    SHA256("sha256", "SHA-256", 64),
    SHA512("sha512", "SHA-512", 128);

    private final String label;
    private final String javaName;
    private final int hexLength;

    Algorithm(String label, String javaName, int hexLength) {
      this.label = label;
      this.javaName = javaName;
      this.hexLength = hexLength;
    }

    /** The name before the colon, such as {@code sha256}. */
    public String label() {
      return label;
    }

    /** A fresh hasher; hashers hold state and are not shared. */
    public MessageDigest hasher() {
      try {
        return MessageDigest.getInstance(javaName);
      } catch (NoSuchAlgorithmException missing) {
        throw new IllegalStateException("this JDK lacks " + javaName, missing);
      }
    }
  }

  /** Accepts only what {@link #parse} accepts. */
  public Digest {
    if (!isLowerHex(hex, algorithm.hexLength)) {
      throw new IllegalArgumentException("not a " + algorithm.label + " digest");
    }
  }

  /**
   * Reads {@code algorithm:hex}. Upper-case hex is refused, as the image spec demands: it would be
   * a second name for the same bytes.
   */
  public static Optional<Digest> parse(String text) {
    for (Algorithm algorithm : Algorithm.values()) {
      int colon = algorithm.label.length();
      if (text.length() == colon + 1 + algorithm.hexLength
          && text.startsWith(algorithm.label)
          && text.charAt(colon) == ':') {
        String hex = text.substring(colon + 1);
        return isLowerHex(hex, algorithm.hexLength)
            ? Optional.of(new Digest(algorithm, hex))
            : Optional.empty();
      }
    }
    return Optional.empty();
  }

  /** The digest that a hasher has arrived at. */
  public static Digest of(Algorithm algorithm, MessageDigest hasher) {
    return new Digest(algorithm, HexFormat.of().formatHex(hasher.digest()));
  }

  /** The sha256 digest of these bytes. */
  public static Digest sha256(byte[] bytes) {
    MessageDigest hasher = Algorithm.SHA256.hasher();
    hasher.update(bytes);
    return of(Algorithm.SHA256, hasher);
  }

  /** Whether this is the name of no bytes at all; nothing else may come to a length of 0. */
  public boolean isOfNothing() {
    return of(algorithm, algorithm.hasher()).equals(this);
  }

  private static boolean isLowerHex(String text, int length) {
    if (text.length() != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return algorithm.label + ':' + hex;
  }
}

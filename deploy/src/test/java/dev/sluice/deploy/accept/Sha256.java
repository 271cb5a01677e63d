package dev.sluice.deploy.accept;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Digests as registries write them, reckoned without the product's own code. */
final class Sha256 {
  private Sha256() {}

  static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  static String of(byte[] bytes) {
    return named(digest().digest(bytes));
  }

  static String named(byte[] hash) {
    return "sha256:" + HexFormat.of().formatHex(hash);
  }
}

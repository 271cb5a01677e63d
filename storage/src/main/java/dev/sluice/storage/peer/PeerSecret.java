package dev.sluice.storage.peer;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What the nodes of a cluster share and nobody else knows. */
public final class PeerSecret {

  /** In bytes; shorter ones could be guessed from a single request. */
  private static final int SHORTEST = 16;

  private static final String ALGORITHM = "HmacSHA256";

  private final SecretKeySpec key;

  /**
   * Keeps a copy.
   *
   * @throws IllegalArgumentException where it has fewer than 16 bytes
   */
  public PeerSecret(byte[] secret) {
    if (secret.length < SHORTEST) {
      throw new IllegalArgumentException(
          "a cluster's secret has at least " + SHORTEST + " bytes, this one " + secret.length);
    }
    key = new SecretKeySpec(secret, ALGORITHM);
  }

  /** The HMAC-SHA-256 of a text, as lower-case hex. */
  String sign(String text) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("this JDK lacks " + ALGORITHM, missing);
    }
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "PeerSecret[hidden]";
  }
}

package dev.sluice.gateway.access;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Names secrets without holding them: a keyed hash under which a verdict can be remembered. The key
 * is of this process alone, so that what stands in its memory tells nothing elsewhere.
 */
final class Fingerprints {

  private static final String ALGORITHM = "HmacSHA256";

  private final Mac keyed;

  Fingerprints() {
    byte[] key = new byte[32];
    new SecureRandom().nextBytes(key);
    keyed = mac(key);
  }

  /** The same for the same texts; where one text ends and the next begins makes a difference. */
  String of(String... texts) {
    try {
      Mac mac = (Mac) keyed.clone();
      for (String text : texts) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int length = bytes.length;
        mac.update(
            new byte[] {
              (byte) (length >> 24), (byte) (length >> 16), (byte) (length >> 8), (byte) length
            });
        mac.update(bytes);
      }
      return HexFormat.of().formatHex(mac.doFinal());
    } catch (CloneNotSupportedException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** HMAC-SHA256, which every Java has. */
  static byte[] hmac(byte[] key, String text) {
    return mac(key).doFinal(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Mac mac(byte[] key) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      return mac;
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}

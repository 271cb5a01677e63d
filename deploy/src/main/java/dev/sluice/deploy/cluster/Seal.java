package dev.sluice.deploy.cluster;

import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals what nodes say to each other on the event bus, whose port asks nobody who he is: what was
 * not said by a node of this cluster cannot be opened, and no stranger can read it. AES-256-GCM
 * with random nonces (NIST SP 800-38D): good for 2^32 messages under one key, a year at 136 a
 * second, which is why every process has a key of its own.
 */
final class Seal {

  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;
  private static final int SALT = 16;
  private static final SecureRandom RANDOM = new SecureRandom();

  /** As far as the clocks of nodes may be apart, and as long as a message may be sent again. */
  private static final long LIFE_MILLIS = Duration.ofMinutes(5).toMillis();

  private final ClusterSecret secret;
  private final Clock clock;
  private final byte[] salt = random(SALT);
  private final SecretKeySpec own;

  Seal(ClusterSecret secret, Clock clock) {
    this.secret = secret;
    this.clock = clock;
    this.own = key(secret, salt);
  }

  /**
   * Seals a text.
   *
   * @param context what it belongs to; it can be opened for nothing else
   */
  Buffer seal(Buffer text, String context) {
    byte[] nonce = random(NONCE);
    Buffer dated = Buffer.buffer().appendLong(clock.millis()).appendBuffer(text);
    try {
      Cipher cipher = cipher(Cipher.ENCRYPT_MODE, own, nonce, context);
      return Buffer.buffer()
          .appendBytes(salt)
          .appendBytes(nonce)
          .appendBytes(cipher.doFinal(dated.getBytes()));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every Java has AES-GCM", impossible);
    }
  }

  /** The text that was sealed for this context by a node that knows the secret; else empty. */
  Optional<Buffer> open(Buffer closed, String context) {
    if (closed.length() < SALT + NONCE + Long.BYTES + TAG_BITS / 8) {
      return Optional.empty();
    }
    ByteBuffer bytes = ByteBuffer.wrap(closed.getBytes());
    byte[] itsSalt = new byte[SALT];
    byte[] nonce = new byte[NONCE];
    byte[] rest = new byte[bytes.remaining() - SALT - NONCE];
    bytes.get(itsSalt).get(nonce).get(rest);
    try {
      Cipher cipher = cipher(Cipher.DECRYPT_MODE, key(secret, itsSalt), nonce, context);
      Buffer dated = Buffer.buffer(cipher.doFinal(rest));
      return Math.abs(clock.millis() - dated.getLong(0)) <= LIFE_MILLIS
          ? Optional.of(dated.getBuffer(Long.BYTES, dated.length()))
          : Optional.empty();
    } catch (GeneralSecurityException foreign) {
      return Optional.empty();
    }
  }

  private static SecretKeySpec key(ClusterSecret secret, byte[] salt) {
    String purpose = "seal of the bus " + HexFormat.of().formatHex(salt);
    return new SecretKeySpec(secret.derive(purpose), "AES");
  }

  private static Cipher cipher(int mode, SecretKeySpec key, byte[] nonce, String context)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(context.getBytes(StandardCharsets.UTF_8));
    return cipher;
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    RANDOM.nextBytes(bytes);
    return bytes;
  }
}

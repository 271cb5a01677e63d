package dev.sluice.storage.peer;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * That a request comes from a node that knows the secret, as an {@code Authorization} header:
 *
 * <pre>
 * Sluice-Peer 1798761600000 0f1e2d3c4b5a69788796a5b4c3d2e1f0 HMAC
 * </pre>
 *
 * Time stamp (milliseconds since 1970), nonce, and the HMAC-SHA-256 over both and the request.
 */
record PeerProof(long millis, String nonce, String mac) {

  private static final String SCHEME = "Sluice-Peer";

  private static final Pattern HEADER =
      Pattern.compile(SCHEME + " ([0-9]{1,15}) ([0-9a-f]{32}) ([0-9a-f]{64})");

  /**
   * Signs a request.
   *
   * @param nonce 32 digits of lower-case hex that were never used before
   */
  static PeerProof of(PeerRequest request, PeerSecret secret, Instant now, String nonce) {
    long millis = now.toEpochMilli();
    return new PeerProof(millis, nonce, secret.sign(text(request, millis, nonce)));
  }

  /** Reads a header; empty where it is not of this form. */
  static Optional<PeerProof> parse(String header) {
    Matcher parts = HEADER.matcher(header);
    return parts.matches()
        ? Optional.of(new PeerProof(Long.parseLong(parts.group(1)), parts.group(2), parts.group(3)))
        : Optional.empty();
  }

  /** Whether this was signed for this request with this secret. */
  boolean fits(PeerRequest request, PeerSecret secret) {
    return MessageDigest.isEqual(bytes(mac), bytes(secret.sign(text(request, millis, nonce))));
  }

  /** When it was signed, by the clock of whoever did. */
  Instant signedAt() {
    return Instant.ofEpochMilli(millis);
  }

  /** The value of the header. */
  String header() {
    return String.join(" ", SCHEME, Long.toString(millis), nonce, mac);
  }

  /** No part holds a line break: none can pass for another. */
  private static String text(PeerRequest request, long millis, String nonce) {
    return String.join(
        "\n",
        SCHEME,
        request.method().name(),
        request.target(),
        request.range(),
        Long.toString(millis),
        nonce);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}

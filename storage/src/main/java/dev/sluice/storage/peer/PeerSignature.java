package dev.sluice.storage.peer;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;

/** Signs what this node asks of its peers. */
final class PeerSignature {

  private static final int NONCE_BYTES = 16;

  private final PeerSecret secret;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  PeerSignature(PeerSecret secret, Clock clock) {
    this.secret = secret;
    this.clock = clock;
  }

  /** The {@code Authorization} header of a request; good for one use. */
  String of(PeerRequest request) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    return PeerProof.of(request, secret, clock.instant(), HexFormat.of().formatHex(nonce)).header();
  }
}

package dev.sluice.storage.peer;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** Tells the requests of peers from all others. One for all event loops of a node. */
final class PeerCheck {

  /** How far the clocks of two nodes may be apart. */
  private static final Duration SKEW = Duration.ofMinutes(5);

  private final PeerSecret secret;
  private final Clock clock;
  private final Nonces nonces;

  PeerCheck(PeerSecret secret, Clock clock) {
    this.secret = secret;
    this.clock = clock;
    // From 5 minutes early to 5 minutes late: so long may one time stamp be shown.
    this.nonces = new Nonces(clock, SKEW.multipliedBy(2));
  }

  /** Whether a peer has sent this request just now, and for the first time. */
  boolean passes(PeerRequest request, String authorization) {
    Optional<PeerProof> proof = PeerProof.parse(authorization);
    return proof.isPresent()
        && proof.get().fits(request, secret)
        && isFresh(proof.get())
        // Last, so that only peers can fill the memory.
        && nonces.isNew(proof.get().nonce());
  }

  private boolean isFresh(PeerProof proof) {
    Duration apart = Duration.between(proof.signedAt(), clock.instant()).abs();
    return apart.compareTo(SKEW) <= 0;
  }
}

package dev.sluice.storage.peer;

import java.time.Duration;

/**
 * How long peers are waited for.
 *
 * @param connect for a connection
 * @param head from asking to an answer's head, a connection included
 * @param silence without a byte, until the peer is asked how far it is
 * @param settle for bytes that the peer says it has: they may be under way
 */
public record PeerTimings(Duration connect, Duration head, Duration silence, Duration settle) {

  /** Within a data centre. */
  public static final PeerTimings DEFAULT =
      new PeerTimings(
          Duration.ofSeconds(1),
          Duration.ofSeconds(2),
          Duration.ofSeconds(2),
          Duration.ofMillis(500));
}

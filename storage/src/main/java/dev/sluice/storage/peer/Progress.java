package dev.sluice.storage.peer;

import io.vertx.core.MultiMap;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How far a blob is on a node, as the answer to a HEAD tells it.
 *
 * @param stored whether it is whole; else it grows
 * @param readable how many of its bytes may be read now
 * @param size what it comes to, in bytes; empty while nobody knows
 */
record Progress(boolean stored, long readable, OptionalLong size) {

  private static final String STATE = "Sluice-Blob";
  private static final String READABLE = "Sluice-Readable";
  private static final String SIZE = "Sluice-Size";

  private static final String STORED = "stored";
  private static final String GROWING = "growing";

  /** Puts this into an answer's headers. */
  void write(MultiMap headers) {
    headers.set(STATE, stored ? STORED : GROWING).set(READABLE, Long.toString(readable));
    size.ifPresent(bytes -> headers.set(SIZE, Long.toString(bytes)));
  }

  /** Reads it from an answer's headers; empty where they do not tell. */
  static Optional<Progress> read(MultiMap headers) {
    String state = headers.get(STATE);
    OptionalLong readable = Numbers.read(headers.get(READABLE));
    boolean known = STORED.equals(state) || GROWING.equals(state);
    return known && readable.isPresent()
        ? Optional.of(
            new Progress(
                STORED.equals(state), readable.getAsLong(), Numbers.read(headers.get(SIZE))))
        : Optional.empty();
  }
}

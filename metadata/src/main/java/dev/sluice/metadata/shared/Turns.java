package dev.sluice.metadata.shared;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How often what the copy knows was changed, by what it is about: so that an answer of the
 * authority which was overtaken meanwhile is not written. Different things may share a count, which
 * costs a write that the next answer makes up for.
 */
final class Turns {

  private final AtomicLongArray counts = new AtomicLongArray(256);

  /** Notes a change. */
  void next(Object about) {
    counts.incrementAndGet(at(about));
  }

  /** The counts as they are. */
  Moment now() {
    long[] then = new long[counts.length()];
    for (int i = 0; i < then.length; i++) {
      then[i] = counts.get(i);
    }
    return about -> counts.get(at(about)) == then[at(about)];
  }

  /** By its kind too: a repository's place and its name have one hash code. */
  private int at(Object about) {
    return Math.floorMod(Objects.hash(about.getClass(), about), counts.length());
  }

  /** A moment in the past. */
  @FunctionalInterface
  interface Moment {

    /** Whether nothing about this was changed since then. */
    boolean isLastOf(Object about);

    /** Whether neither the record of a place was changed, nor anything of its subject removed. */
    default boolean isLastOf(Place<?> place) {
      return isLastOf((Object) place) && isLastOf(place.subject());
    }
  }
}

package dev.sluice.metadata.shared;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * When what the copy knows was last changed, by what it is about: so that an answer of the
 * authority which was overtaken meanwhile is not written. Rarely two things share a place here,
 * which at worst costs a write that the next answer makes up for.
 */
final class Turns {

  private static final int PLACES = 1 << 16;

  private final AtomicLong turn = new AtomicLong();
  private final AtomicLongArray last = new AtomicLongArray(PLACES);

  /** Notes a change. */
  void next(Object about) {
    last.set(at(about), turn.incrementAndGet());
  }

  /** All that is changed from now on is changed after this. */
  Moment now() {
    long then = turn.get();
    return about -> last.get(at(about)) <= then;
  }

  /** By its kind too: a repository's place and its name have one hash code. */
  private static int at(Object about) {
    int hash = Objects.hash(about.getClass(), about);
    return (hash ^ hash >>> 16) & (PLACES - 1);
  }

  /** A moment in the past. */
  @FunctionalInterface
  interface Moment {

    /** Whether nothing about this was changed since then. */
    boolean isLastOf(Object about);

    /** Whether neither a record was dropped since then, nor anything of its subject removed. */
    default boolean isWithinLifeOf(Place<?> place) {
      return isLastOf(place.life()) && isLastOf(place.subject());
    }
  }
}

package dev.sluice.metadata.shared;

import dev.sluice.metadata.Metadata;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What is asked of the authority and of the copy alike.
 *
 * @param subject what it is about: while writes about that wait, the copy knows better
 * @param extent of its answer
 * @param asked the question itself
 * @param records of an answer, by their places
 */
record Question<T, L>(
    Object subject,
    Extent extent,
    Function<Metadata, Future<L>> asked,
    Function<L, Map<Place<T>, T>> records) {

  /** How much is asked for. */
  enum Extent {
    /** One record, which the copy answers in microseconds. */
    RECORD,
    /** What one repository has, or all rules. */
    REPOSITORY,
    /** All that there is, which may be long. */
    REGISTRY
  }

  /** Asks for the record of a place. */
  static <T> Question<T, Optional<T>> of(Place<T> place) {
    return new Question<>(
        place.subject(),
        Extent.RECORD,
        place::in,
        found -> found.map(record -> Map.of(place, record)).orElse(Map.of()));
  }

  /** Tells before the answer where something could not be read, and was left out. */
  Future<L> ask(Authority authority, Runnable unreadable) {
    return extent == Extent.REGISTRY
        ? authority.askPatiently(asked, unreadable)
        : authority.ask(asked, unreadable);
  }

  Future<L> ask(Copy copy) {
    return extent == Extent.RECORD ? copy.ask(asked) : copy.list(asked);
  }

  boolean isEmpty(L answer) {
    return records.apply(answer).isEmpty();
  }

  /** The records that only the earlier of two answers has. */
  Map<Place<T>, T> lost(L earlier, L later) {
    Map<Place<T>, T> lost = new HashMap<>(records.apply(earlier));
    lost.keySet().removeAll(records.apply(later).keySet());
    return lost;
  }
}

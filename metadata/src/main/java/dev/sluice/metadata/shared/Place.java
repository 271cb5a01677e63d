package dev.sluice.metadata.shared;

import dev.sluice.metadata.Metadata;
import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Where one record is, in the authority and in the copy alike. */
interface Place<T> {

  /** What it belongs to: records of one subject are written in order, and removed together. */
  Object subject();

  /** The record; empty where there is none or it cannot be read. */
  Future<Optional<T>> in(Metadata metadata);

  /** Whether there is a record, though it may not be readable. */
  default Future<Boolean> isIn(Metadata metadata) {
    return in(metadata).map(Optional::isPresent);
  }

  /** The place without whose record this one's cannot be put into the copy. */
  default Optional<Place<?>> within() {
    return Optional.empty();
  }

  /** Whether the copy would change if it was told this. */
  default boolean isNews(T told, T known) {
    return !told.equals(known);
  }

  /** Whether what is known of the other place goes when this one's record is removed. */
  default boolean covers(Place<?> other) {
    return equals(other);
  }

  /** What ends when its record is dropped: a change that was begun before is not copied then. */
  default Object life() {
    return new Life(this);
  }

  /** The time from when a record is known until it is dropped. */
  record Life(Place<?> place) {}

  /** Makes the copy know this. */
  Future<?> put(Metadata copy, T told);

  /** Makes the copy forget it. */
  Future<?> drop(Metadata copy);

  /** The records of a list by their places, in the order of the list. */
  static <T> Map<Place<T>, T> all(Iterable<T> records, Function<T, Place<T>> place) {
    Map<Place<T>, T> all = new LinkedHashMap<>();
    records.forEach(record -> all.put(place.apply(record), record));
    return all;
  }
}

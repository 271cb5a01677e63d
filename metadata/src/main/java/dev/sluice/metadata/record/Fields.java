package dev.sluice.metadata.record;

import dev.sluice.storage.Digest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Typed reads of a record's fields. A field that is missing or of another type is an {@link
 * IllegalArgumentException}: JsonObject's own getters would turn a number into a text.
 */
final class Fields {

  private Fields() {}

  static String text(JsonObject json, String name) {
    return as(String.class, json.getValue(name));
  }

  static Optional<String> optionalText(JsonObject json, String name) {
    return json.containsKey(name) ? Optional.of(text(json, name)) : Optional.empty();
  }

  /** A whole number, 0 or more. */
  static long number(JsonObject json, String name) {
    long number =
        switch (json.getValue(name)) {
          case Integer small -> small;
          case Long large -> large;
          case null, default -> throw new IllegalArgumentException("not a whole number: " + name);
        };
    if (number < 0) {
      throw new IllegalArgumentException("negative: " + name);
    }
    return number;
  }

  static Digest digest(JsonObject json, String name) {
    return Digest.parse(text(json, name))
        .orElseThrow(() -> new IllegalArgumentException("not a digest: " + name));
  }

  /** An instant in ISO 8601, to the nanosecond. */
  static Instant instant(JsonObject json, String name) {
    return Instant.parse(text(json, name));
  }

  static Optional<Instant> optionalInstant(JsonObject json, String name) {
    return json.containsKey(name) ? Optional.of(instant(json, name)) : Optional.empty();
  }

  /** A duration in ISO 8601, above 0. */
  static Duration duration(JsonObject json, String name) {
    Duration duration = Duration.parse(text(json, name));
    if (!duration.isPositive()) {
      throw new IllegalArgumentException("not positive: " + name);
    }
    return duration;
  }

  /** A number from 0 to 2 147 483 647; the usual one where the field is missing. */
  static int smallNumber(JsonObject json, String name, int usual) {
    long number = json.containsKey(name) ? number(json, name) : usual;
    if (number > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("too large: " + name);
    }
    return (int) number;
  }

  static Optional<Digest> optionalDigest(JsonObject json, String name) {
    return json.containsKey(name) ? Optional.of(digest(json, name)) : Optional.empty();
  }

  static JsonObject object(JsonObject json, String name) {
    return as(JsonObject.class, json.getValue(name));
  }

  static Optional<JsonObject> optionalObject(JsonObject json, String name) {
    return json.containsKey(name) ? Optional.of(object(json, name)) : Optional.empty();
  }

  /** A list of values of one type; empty where the field is missing. */
  static <S, T> List<T> optionalList(
      JsonObject json, String name, Class<S> type, Function<S, T> reader) {
    return json.containsKey(name)
        ? list(as(JsonArray.class, json.getValue(name)), type, reader)
        : List.of();
  }

  /** A list of values of one type, each read by the same reader. */
  static <S, T> List<T> list(JsonArray array, Class<S> type, Function<S, T> reader) {
    return array.stream().map(value -> reader.apply(as(type, value))).toList();
  }

  static <T> T as(Class<T> type, Object value) {
    if (!type.isInstance(value)) {
      throw new IllegalArgumentException("not a " + type.getSimpleName());
    }
    return type.cast(value);
  }

  /** Writes a field, or drops it, so that no earlier value is left. */
  static void putOrDrop(JsonObject json, String name, Optional<?> value) {
    value.ifPresentOrElse(present -> json.put(name, present), () -> json.remove(name));
  }

  /** Writes a list as texts or objects, or drops an empty one. */
  static <T> void putOrDrop(
      JsonObject json, String name, List<T> values, Function<T, Object> writer) {
    Optional<JsonArray> written =
        Optional.of(new JsonArray(values.stream().map(writer).toList()))
            .filter(array -> !array.isEmpty());
    putOrDrop(json, name, written);
  }
}

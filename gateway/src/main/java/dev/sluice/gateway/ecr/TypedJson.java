package dev.sluice.gateway.ecr;

import dev.sluice.gateway.ecr.EcrAnswer.Failed;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An object of JSON, read by the types that its members must have. */
final class TypedJson {

  /** The first mistake, shared by a request and the structures in it. */
  private static final class Mistake {
    private Failed first;
  }

  private final JsonObject json;
  private final String path;
  private final Mistake mistake;

  private TypedJson(JsonObject json, String path, Mistake mistake) {
    this.json = json;
    this.path = path;
    this.mistake = mistake;
  }

  /** Of a whole request. */
  static TypedJson of(JsonObject json) {
    return new TypedJson(json, "", new Mistake());
  }

  Optional<Failed> mistake() {
    return Optional.ofNullable(mistake.first);
  }

  void note(Failed failed) {
    if (mistake.first == null) {
      mistake.first = failed;
    }
  }

  void reject(String member, String constraint) {
    note(Failed.invalid(path + member, constraint));
  }

  /** Whether a member is there; null counts as absent. */
  boolean has(String member) {
    return json.getValue(member) != null;
  }

  /** A member of this type; empty where it is absent, or of another, which is noted. */
  <T> Optional<T> value(String member, Class<T> type) {
    return Optional.ofNullable(json.getValue(member)).flatMap(value -> typed(member, value, type));
  }

  /** An object within this one. */
  Optional<TypedJson> structure(String member) {
    return value(member, JsonObject.class)
        .map(inside -> new TypedJson(inside, path + member + '.', mistake));
  }

  /** The items of a list; none where it is absent, which an empty list is not. */
  <T> List<T> items(String member, int min, int max, Class<T> type) {
    Optional<JsonArray> list = value(member, JsonArray.class);
    int size = list.map(JsonArray::size).orElse(min);
    if (size < min) {
      reject(member, "Member must have length greater than or equal to " + min);
    } else if (size > max) {
      reject(member, "Member must have length less than or equal to " + max);
      return List.of();
    }
    List<T> items = new ArrayList<>();
    for (Object item : list.orElseGet(JsonArray::new)) {
      typed(member, item, type).ifPresent(items::add);
    }
    return items;
  }

  /** The objects in a list. */
  List<TypedJson> structures(String member, int min, int max) {
    List<TypedJson> structures = new ArrayList<>();
    for (JsonObject item : items(member, min, max, JsonObject.class)) {
      String inside = path + member + '.' + (structures.size() + 1) + ".member.";
      structures.add(new TypedJson(item, inside, mistake));
    }
    return structures;
  }

  private <T> Optional<T> typed(String member, Object value, Class<T> type) {
    if (!type.isInstance(value)) {
      note(Failed.unreadable("'" + path + member + "' cannot be read as " + type.getSimpleName()));
      return Optional.empty();
    }
    return Optional.of(type.cast(value));
  }
}

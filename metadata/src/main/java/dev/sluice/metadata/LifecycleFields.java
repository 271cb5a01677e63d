package dev.sluice.metadata;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Typed reads of a lifecycle policy's fields. The first mistake is noted; what is wrong is read as
 * something that is not, so that reading goes on.
 */
final class LifecycleFields {

  /** ECR's own bound for each pattern. */
  private static final int MOST_STARS = 4;

  private Optional<String> mistake = Optional.empty();

  /** The first mistake; empty where there was none. */
  Optional<String> mistake() {
    return mistake;
  }

  /** Notes a mistake, unless there was one before. */
  void wrong(String what) {
    mistake = mistake.or(() -> Optional.of(what));
  }

  /** Whatever else an object has is a mistake. */
  void only(JsonObject json, String where, String... names) {
    List<String> known = List.of(names);
    json.fieldNames().stream()
        .filter(name -> !known.contains(name))
        .findFirst()
        .ifPresent(
            name -> wrong(where + " may only have " + String.join(", ", known) + ", not " + name));
  }

  JsonObject object(JsonObject json, String where, String name) {
    if (json.getValue(name) instanceof JsonObject object) {
      return object;
    }
    wrong(where + "." + name + " must be an object");
    return new JsonObject();
  }

  Optional<String> optionalText(JsonObject json, String where, String name) {
    if (!json.containsKey(name)) {
      return Optional.empty();
    }
    if (json.getValue(name) instanceof String text) {
      return Optional.of(text);
    }
    wrong(where + "." + name + " must be a text");
    return Optional.empty();
  }

  /** A whole number from 1; 1 where it is wrong. */
  int positive(JsonObject json, String where, String name) {
    if (json.getValue(name) instanceof Integer number && number >= 1) {
      return number;
    }
    wrong(where + "." + name + " must be a whole number from 1 to " + Integer.MAX_VALUE);
    return 1;
  }

  /** One of these words; the first where it is wrong. */
  String word(JsonObject json, String where, String name, String... allowed) {
    if (json.getValue(name) instanceof String word && List.of(allowed).contains(word)) {
      return word;
    }
    wrong(where + "." + name + " must be " + String.join(" or ", allowed));
    return allowed[0];
  }

  /** The prefixes or patterns of tags, exactly one list of the two. */
  Set<NamePattern> patterns(JsonObject json, String where) {
    boolean isPrefixes = json.containsKey("tagPrefixList");
    if (isPrefixes == json.containsKey("tagPatternList")) {
      wrong(where + " must have either tagPrefixList or tagPatternList where it is tagged");
      return Set.of();
    }
    String name = isPrefixes ? "tagPrefixList" : "tagPatternList";
    Set<NamePattern> patterns = new HashSet<>();
    if (json.getValue(name) instanceof JsonArray list) {
      list.forEach(item -> pattern(item, isPrefixes).ifPresent(patterns::add));
      if (!patterns.isEmpty() && patterns.size() == list.size()) {
        return patterns;
      }
    }
    wrong(
        where
            + (isPrefixes
                ? ".tagPrefixList must be a list of beginnings of tags, each once"
                : ".tagPatternList must be a list of tags in which up to four * stand for"
                    + " anything, each once"));
    return patterns;
  }

  private static Optional<NamePattern> pattern(Object item, boolean isPrefix) {
    if (!(item instanceof String text)) {
      return Optional.empty();
    }
    long stars = text.chars().filter(c -> c == '*').count();
    if (isPrefix) {
      return stars > 0 || text.isEmpty() ? Optional.empty() : NamePattern.parse(text + '*');
    }
    return stars > MOST_STARS ? Optional.empty() : NamePattern.parse(text);
  }
}

package dev.sluice.gateway.ecr.repository;

import dev.sluice.gateway.ecr.Members;
import dev.sluice.gateway.ecr.Shape;
import dev.sluice.metadata.NamePattern;
import dev.sluice.metadata.TagMutability;
import dev.sluice.metadata.TagMutability.Mode;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/** Tag mutability on the wire. */
final class Mutability {

  private static final String MODE = "imageTagMutability";
  private static final String FILTERS = "imageTagMutabilityExclusionFilters";
  private static final int MAX_FILTERS = 5;
  private static final Shape FILTER = Shape.of(1, 128, "^[0-9a-zA-Z._*-]{1,128}$");

  private Mutability() {}

  /** The only type of filters that ECR knows. */
  private enum FilterType {
    WILDCARD
  }

  /** What a request says; empty where it says nothing. Filters belong to modes with exclusions. */
  static Optional<TagMutability> read(Members members) {
    Optional<Mode> mode = members.choice(MODE, Mode.class);
    List<NamePattern> filters = members.structures(FILTERS, 1, MAX_FILTERS, Mutability::filter);
    boolean excludes = mode.filter(Mutability::excludes).isPresent();
    if (excludes && !members.has(FILTERS)) {
      members.reject(FILTERS, "Member must not be null with " + mode.get());
    } else if (!excludes && members.has(FILTERS)) {
      members.reject(FILTERS, "must be left out unless " + MODE + " is one WITH_EXCLUSION");
    }
    return mode.map(known -> new TagMutability(known, filters));
  }

  private static boolean excludes(Mode mode) {
    return mode == Mode.IMMUTABLE_WITH_EXCLUSION || mode == Mode.MUTABLE_WITH_EXCLUSION;
  }

  private static NamePattern filter(Members filter) {
    filter.requiredChoice("filterType", FilterType.class);
    String text = filter.required("filter", FILTER);
    return text == null ? null : NamePattern.parse(text).orElse(null);
  }

  /** Adds the members that show it. */
  static JsonObject into(JsonObject json, TagMutability mutability) {
    json.put(MODE, mutability.mode().name());
    if (!mutability.exclusions().isEmpty()) {
      JsonArray filters = new JsonArray();
      for (NamePattern pattern : mutability.exclusions()) {
        filters.add(
            new JsonObject()
                .put("filterType", FilterType.WILDCARD.name())
                .put("filter", pattern.text()));
      }
      json.put(FILTERS, filters);
    }
    return json;
  }
}

package dev.sluice.metadata.record;

import dev.sluice.metadata.Filter;
import dev.sluice.metadata.NamePattern;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** {@code {"allow","deny"}}, lists of patterns; nothing at all where every name is let through. */
final class FilterFields {

  private FilterFields() {}

  static Filter read(JsonObject json, String name) {
    return Fields.optionalObject(json, name)
        .map(filter -> new Filter(patterns(filter, "allow"), patterns(filter, "deny")))
        .orElse(Filter.NONE);
  }

  static void write(JsonObject json, String name, Filter filter) {
    if (filter.equals(Filter.NONE)) {
      json.remove(name);
      return;
    }
    JsonObject written =
        json.getValue(name) instanceof JsonObject earlier ? earlier : new JsonObject();
    Fields.putOrDrop(written, "allow", filter.allow(), NamePattern::text);
    Fields.putOrDrop(written, "deny", filter.deny(), NamePattern::text);
    json.put(name, written);
  }

  private static List<NamePattern> patterns(JsonObject filter, String name) {
    return Fields.optionalList(filter, name, String.class, NamePattern::new);
  }
}

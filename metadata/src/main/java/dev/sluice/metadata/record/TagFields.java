package dev.sluice.metadata.record;

import dev.sluice.metadata.TagEntry;
import io.vertx.core.json.JsonObject;

/** {@code {"digest","mediaType","checkedAt"}}. */
final class TagFields {

  private TagFields() {}

  static TagEntry read(JsonObject json) {
    return new TagEntry(
        Fields.digest(json, "digest"),
        Fields.text(json, "mediaType"),
        Fields.instant(json, "checkedAt"));
  }

  static void write(TagEntry entry, JsonObject json) {
    json.put("digest", entry.digest().toString())
        .put("mediaType", entry.mediaType())
        .put("checkedAt", entry.checkedAt().toString());
  }
}

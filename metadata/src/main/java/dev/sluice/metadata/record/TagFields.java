package dev.sluice.metadata.record;

import dev.sluice.metadata.FailedCheck;
import dev.sluice.metadata.TagEntry;
import io.vertx.core.json.JsonObject;

/**
 * {@code {"digest","mediaType","checkedAt","failed":{"at","reason","nextCheck"}}}, without {@code
 * failed} where the last check did not fail.
 */
final class TagFields {

  private TagFields() {}

  static TagEntry read(JsonObject json) {
    return new TagEntry(
        Fields.digest(json, "digest"),
        Fields.text(json, "mediaType"),
        Fields.instant(json, "checkedAt"),
        Fields.optionalObject(json, "failed").map(TagFields::failedCheck));
  }

  static void write(TagEntry entry, JsonObject json) {
    json.put("digest", entry.digest().toString())
        .put("mediaType", entry.mediaType())
        .put("checkedAt", entry.checkedAt().toString());
    Fields.putOrDrop(json, "failed", entry.failed().map(TagFields::failedCheck));
  }

  private static FailedCheck failedCheck(JsonObject json) {
    return new FailedCheck(
        Fields.instant(json, "at"), Fields.text(json, "reason"), Fields.instant(json, "nextCheck"));
  }

  private static JsonObject failedCheck(FailedCheck check) {
    return new JsonObject()
        .put("at", check.at().toString())
        .put("reason", check.reason())
        .put("nextCheck", check.nextCheck().toString());
  }
}

package dev.sluice.metadata.record;

import dev.sluice.metadata.Encryption;
import dev.sluice.metadata.NamePattern;
import dev.sluice.metadata.RepositorySettings;
import dev.sluice.metadata.TagMutability;
import dev.sluice.metadata.TagMutability.Mode;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * {@code {"mutability","exclusions","scanOnPush","encryption","kmsKey","tags":{key:value}}},
 * without what is empty; the mutability in ECR's words.
 */
final class SettingsFields {

  private SettingsFields() {}

  static RepositorySettings read(JsonObject json) {
    return new RepositorySettings(
        new TagMutability(
            Mode.valueOf(Fields.text(json, "mutability")),
            Fields.optionalList(json, "exclusions", String.class, NamePattern::new)),
        Boolean.TRUE.equals(json.getValue("scanOnPush")),
        new Encryption(Fields.text(json, "encryption"), Fields.optionalText(json, "kmsKey")),
        Fields.optionalObject(json, "tags").map(SettingsFields::tags).orElse(Map.of()));
  }

  /** The settings within a record, on top of what a later version wrote there. */
  static JsonObject onto(JsonObject json, RepositorySettings settings) {
    JsonObject written =
        json.getValue("settings") instanceof JsonObject earlier ? earlier : new JsonObject();
    write(settings, written);
    return written;
  }

  private static void write(RepositorySettings settings, JsonObject json) {
    json.put("mutability", settings.mutability().mode().name());
    Fields.putOrDrop(json, "exclusions", settings.mutability().exclusions(), NamePattern::text);
    json.put("scanOnPush", settings.scanOnPush()).put("encryption", settings.encryption().type());
    Fields.putOrDrop(json, "kmsKey", settings.encryption().kmsKey());
    // In one order, so that a record that says the same is the same text.
    JsonObject tags = new JsonObject(new LinkedHashMap<>(new TreeMap<>(settings.tags())));
    json.put("tags", tags);
  }

  private static Map<String, String> tags(JsonObject json) {
    Map<String, String> tags = new TreeMap<>();
    json.fieldNames().forEach(key -> tags.put(key, Fields.text(json, key)));
    return tags;
  }
}

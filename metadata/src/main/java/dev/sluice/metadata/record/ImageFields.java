package dev.sluice.metadata.record;

import dev.sluice.metadata.ImageRecord;
import dev.sluice.metadata.Member;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** {@code {"digest","mediaType","size","storedAt","members":[{"digest","size"}]}}. */
final class ImageFields {

  private ImageFields() {}

  static ImageRecord read(JsonObject json) {
    JsonArray members = Fields.as(JsonArray.class, json.getValue("members"));
    return new ImageRecord(
        Fields.digest(json, "digest"),
        Fields.text(json, "mediaType"),
        Fields.number(json, "size"),
        Fields.instant(json, "storedAt"),
        Fields.list(members, JsonObject.class, MemberFields::read));
  }

  static void write(ImageRecord image, JsonObject json) {
    JsonArray members = new JsonArray();
    for (Member member : image.members()) {
      JsonObject listed = new JsonObject();
      MemberFields.write(member, listed);
      members.add(listed);
    }
    json.put("digest", image.digest().toString())
        .put("mediaType", image.mediaType())
        .put("size", image.size())
        .put("storedAt", image.storedAt().toString())
        .put("members", members);
  }
}

package dev.sluice.metadata.record;

import dev.sluice.metadata.ImageRecord;
import dev.sluice.metadata.Member;
import dev.sluice.storage.Digest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;

/**
 * {@code {"digest","mediaType","size","storedAt","members":[{"digest","size","mediaType"}],
 * "artifactType","subject","pulledAt"}}, without what is unknown.
 */
final class ImageFields {

  private ImageFields() {}

  static ImageRecord read(JsonObject json) {
    JsonArray members = Fields.as(JsonArray.class, json.getValue("members"));
    return new ImageRecord(
        Fields.digest(json, "digest"),
        Fields.text(json, "mediaType"),
        Fields.number(json, "size"),
        Fields.instant(json, "storedAt"),
        Fields.list(members, JsonObject.class, MemberFields::read),
        Fields.optionalText(json, "artifactType"),
        Fields.optionalDigest(json, "subject"),
        Fields.optionalInstant(json, "pulledAt"));
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
    Fields.putOrDrop(json, "artifactType", image.artifactType());
    Fields.putOrDrop(json, "subject", image.subject().map(Digest::toString));
    Fields.putOrDrop(json, "pulledAt", image.pulledAt().map(Instant::toString));
  }
}

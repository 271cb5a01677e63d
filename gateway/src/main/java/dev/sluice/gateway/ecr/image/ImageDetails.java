package dev.sluice.gateway.ecr.image;

import dev.sluice.gateway.ecr.Timestamps;
import dev.sluice.metadata.ImageRecord;
import dev.sluice.metadata.Reference.Tag;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * ECR's image details on the wire.
 *
 * @param about the members that name the repository
 */
record ImageDetails(JsonObject about, RepositoryContents contents) {

  JsonObject of(ImageRecord image) {
    JsonObject json =
        about
            .copy()
            .put("imageDigest", image.digest().toString())
            .put("imageSizeInBytes", contents.sizeOf(image))
            .put("imagePushedAt", Timestamps.of(image.storedAt()))
            .put("imageManifestMediaType", image.mediaType())
            .put("imageStatus", ImageFilter.Status.ACTIVE.name());
    List<Tag> tags = contents.tagsOf(image.digest());
    if (!tags.isEmpty()) {
      json.put("imageTags", new JsonArray(tags.stream().map(Tag::value).toList()));
    }
    image.artifactType().ifPresent(type -> json.put("artifactMediaType", type));
    image.subject().ifPresent(digest -> json.put("subjectManifestDigest", digest.toString()));
    image.pulledAt().ifPresent(at -> json.put("lastRecordedPullTime", Timestamps.of(at)));
    return json;
  }
}

package dev.sluice.gateway.ecr.live;

import dev.sluice.metadata.ImageRecord;
import dev.sluice.storage.Digest;
import io.vertx.core.json.JsonObject;

/** ECR's image identifiers. */
public final class Ids {

  private Ids() {}

  public static JsonObject tag(String tag) {
    return new JsonObject().put("imageTag", tag);
  }

  public static JsonObject id(Digest digest) {
    return new JsonObject().put("imageDigest", digest.toString());
  }

  public static JsonObject id(ImageRecord image) {
    return id(image.digest());
  }

  public static JsonObject id(ImageRecord image, String tag) {
    return id(image).put("imageTag", tag);
  }
}

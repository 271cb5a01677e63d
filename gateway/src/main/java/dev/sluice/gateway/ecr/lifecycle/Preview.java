package dev.sluice.gateway.ecr.lifecycle;

import dev.sluice.gateway.ecr.Timestamps;
import dev.sluice.metadata.LifecycleImage;
import dev.sluice.metadata.LifecyclePolicy.Expiry;
import dev.sluice.metadata.Reference.Tag;
import dev.sluice.storage.Digest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a policy would have done to a repository when it was asked for.
 *
 * @param results in ASCII order of their digests
 */
record Preview(String text, List<Result> results) {

  /** An image that would expire. */
  record Result(Digest digest, List<Tag> tags, Instant pushedAt, int rulePriority) {

    String key() {
      return digest.toString();
    }

    JsonObject json() {
      return new JsonObject()
          .put("imageTags", new JsonArray(tags.stream().map(Tag::value).toList()))
          .put("imageDigest", digest.toString())
          .put("imagePushedAt", Timestamps.of(pushedAt))
          .put("action", new JsonObject().put("type", "EXPIRE"))
          .put("appliedRulePriority", rulePriority);
    }
  }

  static Preview of(PolicyText policy, List<LifecycleImage> images, Instant now) {
    Map<Digest, LifecycleImage> byDigest =
        images.stream().collect(Collectors.toMap(LifecycleImage::digest, Function.identity()));
    List<Result> results =
        policy.policy().expiring(images, now).stream()
            .map(expiry -> result(expiry, byDigest.get(expiry.digest())))
            .sorted(Comparator.comparing(Result::key))
            .toList();
    return new Preview(policy.text(), results);
  }

  private static Result result(Expiry expiry, LifecycleImage image) {
    List<Tag> tags = image.tags().stream().sorted(Comparator.comparing(Tag::value)).toList();
    return new Result(image.digest(), tags, image.pushedAt(), expiry.rulePriority());
  }
}

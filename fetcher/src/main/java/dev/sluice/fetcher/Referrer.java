package dev.sluice.fetcher;

import dev.sluice.storage.Digest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A manifest that refers to another, as a list of referrers describes it (distribution spec,
 * "Listing Referrers").
 *
 * @param artifactType what it is; empty where the list does not say
 * @param descriptor as JSON: media type, digest, size, artifact type, annotations, nothing else
 */
public record Referrer(Digest digest, Optional<String> artifactType, String descriptor) {

  /** Reads a descriptor that a stranger wrote; empty where it is none that can be followed. */
  public static Optional<Referrer> parse(JsonObject json) {
    if (!(json.getValue("digest") instanceof String digest)
        || !(json.getValue("mediaType") instanceof String mediaType)
        || !MediaType.isOne(mediaType)
        || !isSize(json.getValue("size"))) {
      return Optional.empty();
    }
    long size = ((Number) json.getValue("size")).longValue();
    return Digest.parse(digest)
        .map(named -> of(new Descriptor(named, mediaType, size), artifactType(json), json));
  }

  /** All of a list that can be followed, in its order. */
  public static Stream<Referrer> all(JsonObject index) {
    return index.getValue("manifests") instanceof JsonArray listed
        ? listed.stream()
            .filter(JsonObject.class::isInstance)
            .flatMap(entry -> parse((JsonObject) entry).stream())
        : Stream.empty();
  }

  /**
   * One of which all but its annotations is known.
   *
   * @param annotated has them, be it a descriptor or the manifest itself
   */
  public static Referrer of(
      Descriptor manifest, Optional<String> artifactType, JsonObject annotated) {
    JsonObject json =
        new JsonObject()
            .put("mediaType", manifest.mediaType())
            .put("digest", manifest.digest().toString())
            .put("size", manifest.size());
    artifactType.ifPresent(type -> json.put("artifactType", type));
    JsonObject annotations = annotations(annotated);
    if (!annotations.isEmpty()) {
      json.put("annotations", annotations);
    }
    return new Referrer(manifest.digest(), artifactType, json.encode());
  }

  /** Whether it is of one of these types, or any will do. */
  public boolean isOneOf(List<String> artifactTypes) {
    return artifactTypes.isEmpty() || artifactType.filter(artifactTypes::contains).isPresent();
  }

  private static boolean isSize(Object size) {
    return (size instanceof Integer || size instanceof Long) && ((Number) size).longValue() >= 0;
  }

  private static Optional<String> artifactType(JsonObject json) {
    return json.getValue("artifactType") instanceof String type && MediaType.isOne(type)
        ? Optional.of(type)
        : Optional.empty();
  }

  private static JsonObject annotations(JsonObject json) {
    JsonObject texts = new JsonObject();
    if (json.getValue("annotations") instanceof JsonObject annotations) {
      annotations.stream()
          .filter(entry -> entry.getValue() instanceof String)
          .forEach(entry -> texts.put(entry.getKey(), entry.getValue()));
    }
    return texts;
  }
}

package dev.sluice.fetcher.pull;

import dev.sluice.fetcher.MediaType;
import dev.sluice.metadata.ImageRecord;
import dev.sluice.metadata.Member;
import dev.sluice.metadata.Platform;
import dev.sluice.storage.Digest;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a manifest says, read once, from its body. Foreign {@code urls} in it are never followed.
 */
sealed interface ManifestDocument {

  /** An image or artifact: a config and layers. */
  record Image(About about, List<Member> blobs) implements ManifestDocument {}

  /** A list of manifests. */
  record Index(About about, List<Child> children) implements ManifestDocument {}

  /** Nothing that may be served as a manifest. */
  record Unusable(String reason) implements ManifestDocument {}

  /**
   * What a manifest says of itself.
   *
   * @param artifactType its own, else its config's media type
   * @param subject the manifest it refers to
   */
  record About(String mediaType, Optional<String> artifactType, Optional<Digest> subject) {}

  /** A manifest that an index lists. */
  record Child(Member member, Platform platform) {}

  Set<String> IMAGE_TYPES =
      Set.of(
          "application/vnd.oci.image.manifest.v1+json",
          "application/vnd.docker.distribution.manifest.v2+json");

  /**
   * Reads a manifest. Its own {@code mediaType} decides what it is; the {@code Content-Type} counts
   * only where it has none. A body that could be read as both kinds is refused: two readers could
   * disagree on it (GHSA-qq97-vm5h-rrhg).
   */
  static ManifestDocument read(Buffer body, String contentType) {
    JsonObject json;
    try {
      json = new JsonObject(body);
    } catch (DecodeException | ClassCastException malformed) {
      return new Unusable("it is not a JSON object");
    }
    boolean listsManifests = json.getValue("manifests") instanceof JsonArray;
    boolean listsLayers = json.getValue("layers") instanceof JsonArray;
    if (listsManifests && listsLayers) {
      return new Unusable("it lists both manifests and layers");
    }
    if (!Integer.valueOf(2).equals(json.getValue("schemaVersion"))) {
      return new Unusable("its schemaVersion is not 2");
    }
    String mediaType = mediaType(json, contentType, listsManifests);
    if (!MediaType.isOne(mediaType)) {
      return new Unusable("its mediaType is malformed");
    }
    if (ImageRecord.INDEX_TYPES.contains(mediaType) != listsManifests) {
      return new Unusable("its content does not fit its media type " + mediaType);
    }
    About about = about(mediaType, json);
    return listsManifests ? new Index(about, children(json)) : new Image(about, blobs(json));
  }

  private static About about(String mediaType, JsonObject json) {
    Optional<JsonObject> config = object(json, "config");
    return new About(
        mediaType,
        mediaType(json, "artifactType").or(() -> config.flatMap(c -> mediaType(c, "mediaType"))),
        object(json, "subject").flatMap(ManifestDocument::member).map(Member::digest));
  }

  private static String mediaType(JsonObject json, String contentType, boolean listsManifests) {
    if (json.getValue("mediaType") instanceof String own && !own.isEmpty()) {
      return own;
    }
    boolean known =
        ImageRecord.INDEX_TYPES.contains(contentType) || IMAGE_TYPES.contains(contentType);
    if (known) {
      return contentType;
    }
    return listsManifests ? MediaType.OCI_INDEX : "application/vnd.oci.image.manifest.v1+json";
  }

  private static List<Child> children(JsonObject json) {
    return objects(json.getValue("manifests"))
        .map(entry -> member(entry).map(member -> new Child(member, platform(entry))))
        .flatMap(Optional::stream)
        .toList();
  }

  private static List<Member> blobs(JsonObject json) {
    return Stream.concat(object(json, "config").stream(), objects(json.getValue("layers")))
        .map(ManifestDocument::member)
        .flatMap(Optional::stream)
        .toList();
  }

  private static Stream<JsonObject> objects(Object list) {
    return list instanceof JsonArray array
        ? array.stream().filter(JsonObject.class::isInstance).map(JsonObject.class::cast)
        : Stream.empty();
  }

  private static Optional<Member> member(JsonObject descriptor) {
    if (!(descriptor.getValue("digest") instanceof String digest)) {
      return Optional.empty();
    }
    OptionalLong size =
        switch (descriptor.getValue("size")) {
          case Integer i when i >= 0 -> OptionalLong.of(i);
          case Long l when l >= 0 -> OptionalLong.of(l);
          case null, default -> OptionalLong.empty();
        };
    return Digest.parse(digest)
        .map(known -> new Member(known, size, mediaType(descriptor, "mediaType"), false));
  }

  private static Optional<JsonObject> object(JsonObject json, String field) {
    return json.getValue(field) instanceof JsonObject object
        ? Optional.of(object)
        : Optional.empty();
  }

  private static Optional<String> mediaType(JsonObject json, String field) {
    return Optional.of(text(json, field)).filter(MediaType::isOne);
  }

  private static Platform platform(JsonObject descriptor) {
    if (!(descriptor.getValue("platform") instanceof JsonObject platform)) {
      return new Platform("unknown", "unknown", "");
    }
    return new Platform(
        text(platform, "os"), text(platform, "architecture"), text(platform, "variant"));
  }

  private static String text(JsonObject json, String field) {
    return json.getValue(field) instanceof String text ? text : "";
  }
}

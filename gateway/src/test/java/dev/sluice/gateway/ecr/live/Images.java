package dev.sluice.gateway.ecr.live;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.metadata.ImageRecord;
import dev.sluice.metadata.Member;
import dev.sluice.storage.Digest;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Images that tests are made of. */
public final class Images {

  public static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
  public static final String INDEX = "application/vnd.oci.image.index.v1+json";
  public static final String CONFIG = "application/vnd.oci.image.config.v1+json";
  public static final String LAYER = "application/vnd.oci.image.layer.v1.tar+gzip";
  public static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  private Images() {}

  public static Digest digest(String content) {
    return Digest.sha256(content.getBytes(UTF_8));
  }

  /** An image with a config of 10 bytes and a layer of this size. */
  public static ImageRecord image(String content, long layer) {
    return image(content, layer, NOON);
  }

  /** The same, stored at another time. */
  public static ImageRecord image(String content, long layer, Instant storedAt) {
    var config = member(content + " config", 10, CONFIG);
    return new ImageRecord(
        digest(content),
        MANIFEST,
        500,
        storedAt,
        List.of(config, member(content + " layer", layer, LAYER)),
        Optional.of(CONFIG),
        Optional.empty(),
        Optional.empty());
  }

  /** An index of these. */
  public static ImageRecord index(String content, ImageRecord... children) {
    var members =
        Arrays.stream(children)
            .map(
                child ->
                    new Member(
                        child.digest(),
                        OptionalLong.of(child.size()),
                        Optional.of(child.mediaType()),
                        false))
            .toList();
    return new ImageRecord(digest(content), INDEX, 700, NOON, members);
  }

  /** A signature, SBOM or the like of another image. */
  public static ImageRecord referrer(Digest digest, long size, String type, Digest subject) {
    return new ImageRecord(
        digest,
        MANIFEST,
        size,
        NOON,
        List.of(),
        Optional.of(type),
        Optional.of(subject),
        Optional.empty());
  }

  private static Member member(String content, long size, String type) {
    return new Member(digest(content), OptionalLong.of(size), Optional.of(type), false);
  }
}

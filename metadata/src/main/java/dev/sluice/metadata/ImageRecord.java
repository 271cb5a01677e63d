package dev.sluice.metadata;

import dev.sluice.storage.Digest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A manifest or index that a repository holds.
 *
 * @param size of the manifest itself, in bytes
 * @param storedAt when this repository first held it
 * @param members what it lists: config and layers of an image, children of an index
 * @param artifactType what the image is: its {@code artifactType}, else its config's media type
 * @param subject the manifest it refers to
 * @param pulledAt when it was last pulled, to the hour; empty where it never was
 */
public record ImageRecord(
    Digest digest,
    String mediaType,
    long size,
    Instant storedAt,
    List<Member> members,
    Optional<String> artifactType,
    Optional<Digest> subject,
    Optional<Instant> pulledAt) {

  /** The media types of indexes: OCI's, and Docker's manifest list. */
  public static final Set<String> INDEX_TYPES =
      Set.of(
          "application/vnd.oci.image.index.v1+json",
          "application/vnd.docker.distribution.manifest.list.v2+json");

  /** Copies the list. */
  public ImageRecord {
    members = List.copyOf(members);
  }

  /** One that says nothing more of itself, and was not pulled yet. */
  public ImageRecord(
      Digest digest, String mediaType, long size, Instant storedAt, List<Member> members) {
    this(
        digest,
        mediaType,
        size,
        storedAt,
        members,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** Whether it lists manifests, and not a config and layers. */
  public boolean isIndex() {
    return INDEX_TYPES.contains(mediaType);
  }

  /** The same after a pull. */
  public ImageRecord pulled(Instant at) {
    return with(storedAt, Optional.of(at));
  }

  /** The same with what is known of it from before. */
  public ImageRecord since(ImageRecord earlier) {
    return with(earlier.storedAt, earlier.pulledAt);
  }

  private ImageRecord with(Instant stored, Optional<Instant> pulled) {
    return new ImageRecord(digest, mediaType, size, stored, members, artifactType, subject, pulled);
  }
}

package dev.sluice.gateway.ecr.image;

import dev.sluice.gateway.ecr.Members;
import dev.sluice.gateway.ecr.Shape;
import dev.sluice.metadata.ImageRecord;
import dev.sluice.metadata.Reference;
import dev.sluice.metadata.Reference.Tag;
import dev.sluice.storage.Digest;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/** ECR's image identifier, as a client sent it: a digest, a tag, or both. */
public record ImageId(Optional<String> digest, Optional<String> tag) {

  private static final int MOST = 100;

  /** An image itself. */
  static ImageId of(Digest digest) {
    return new ImageId(Optional.of(digest.toString()), Optional.empty());
  }

  /** An image by one of its tags. */
  static ImageId of(Digest digest, Tag tag) {
    return new ImageId(Optional.of(digest.toString()), Optional.of(tag.value()));
  }

  /** What an identifier turned out to name. */
  sealed interface Resolved {

    record Image(ImageRecord image) implements Resolved {}

    record Nothing(ImageFailure failure) implements Resolved {}
  }

  /** {@code imageIds}, each once; empty where the member is absent. */
  public static List<ImageId> readAll(Members members) {
    return members.structures("imageIds", 1, MOST, ImageId::read).stream().distinct().toList();
  }

  private static ImageId read(Members id) {
    return new ImageId(
        id.optional("imageDigest", Shape.TEXT), id.optional("imageTag", Shape.IMAGE_TAG));
  }

  /** The digest; empty where there is none, or it is malformed. */
  Optional<Digest> parsedDigest() {
    return digest.flatMap(Digest::parse);
  }

  /** The tag; empty where there is none, or it is malformed. */
  Optional<Tag> parsedTag() {
    return tag.flatMap(Reference::parseTag);
  }

  /** What is wrong with it, whatever the repository holds. */
  Optional<ImageFailure> mistake() {
    if (digest.isEmpty() && tag.isEmpty()) {
      return Optional.of(
          FailureCode.MISSING_DIGEST_AND_TAG.because(
              "Invalid request parameters: both tag and digest cannot be null"));
    }
    if (digest.isPresent() && parsedDigest().isEmpty()) {
      return Optional.of(
          FailureCode.INVALID_IMAGE_DIGEST.because(
              "Invalid request parameters: image digest should satisfy the regex"
                  + " '[a-zA-Z0-9-_+.]+:[a-fA-F0-9]+'"));
    }
    if (tag.isPresent() && parsedTag().isEmpty()) {
      return Optional.of(
          FailureCode.INVALID_IMAGE_TAG.because(
              "Invalid request parameters: image tag should satisfy the regex"
                  + " '[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}'"));
    }
    return Optional.empty();
  }

  /** The image that it names in a repository. */
  Resolved in(RepositoryContents contents) {
    Optional<ImageFailure> mistake = mistake();
    if (mistake.isPresent()) {
      return new Resolved.Nothing(mistake.get());
    }
    Optional<ImageRecord> found =
        parsedTag().map(contents::image).orElseGet(() -> parsedDigest().flatMap(contents::image));
    if (found.isEmpty()) {
      return new Resolved.Nothing(ImageFailure.notFound());
    }
    return isOf(found.get().digest())
        ? new Resolved.Image(found.get())
        : new Resolved.Nothing(ImageFailure.mismatch());
  }

  /** Whether its digest, where it has one, is this one. */
  boolean isOf(Digest actual) {
    return digest.isEmpty() || digest.get().equals(actual.toString());
  }

  /** Whether it names an image with these tags. */
  public boolean names(Digest image, Iterable<Tag> tags) {
    boolean hasTag = tag.isEmpty();
    for (Tag each : tags) {
      hasTag |= tag.isPresent() && tag.get().equals(each.value());
    }
    return hasTag && isOf(image) && (digest.isPresent() || tag.isPresent());
  }

  JsonObject json() {
    JsonObject json = new JsonObject();
    digest.ifPresent(text -> json.put("imageDigest", text));
    tag.ifPresent(text -> json.put("imageTag", text));
    return json;
  }
}

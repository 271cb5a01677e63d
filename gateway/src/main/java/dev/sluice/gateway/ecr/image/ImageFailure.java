package dev.sluice.gateway.ecr.image;

import io.vertx.core.json.JsonObject;

/**
 * What is wrong with one image of several.
 *
 * @param reason for people
 */
record ImageFailure(FailureCode code, String reason) {

  static ImageFailure notFound() {
    return FailureCode.IMAGE_NOT_FOUND.because("Requested image not found");
  }

  static ImageFailure mismatch() {
    return FailureCode.IMAGE_TAG_DOES_NOT_MATCH_DIGEST.because(
        "Requested image tag does not point to the requested digest");
  }

  /** A failure of ours; the log says more. */
  static ImageFailure inaccessible() {
    return FailureCode.IMAGE_INACCESSIBLE.because("Sluice failed on this image; its log says why");
  }

  /** Whether the request itself is wrong, whatever the repository holds. */
  boolean isMistake() {
    return switch (code) {
      case INVALID_IMAGE_DIGEST, INVALID_IMAGE_TAG, MISSING_DIGEST_AND_TAG -> true;
      default -> false;
    };
  }

  /** Whether there is no such image, here or upstream. */
  boolean isAbsence() {
    return code == FailureCode.IMAGE_NOT_FOUND;
  }

  JsonObject json(ImageId id) {
    return new JsonObject()
        .put("imageId", id.json())
        .put("failureCode", code.wireName())
        .put("failureReason", reason);
  }
}

package dev.sluice.gateway.ecr.image;

/** Why one image of several was left out of an answer that is otherwise given. */
enum FailureCode {
  IMAGE_INACCESSIBLE("ImageInaccessible"),
  IMAGE_NOT_FOUND("ImageNotFound"),
  IMAGE_REFERENCED_BY_MANIFEST_LIST("ImageReferencedByManifestList"),
  IMAGE_TAG_DOES_NOT_MATCH_DIGEST("ImageTagDoesNotMatchDigest"),
  INVALID_IMAGE_DIGEST("InvalidImageDigest"),
  INVALID_IMAGE_TAG("InvalidImageTag"),
  MISSING_DIGEST_AND_TAG("MissingDigestAndTag"),
  UPSTREAM_ACCESS_DENIED("UpstreamAccessDenied"),
  UPSTREAM_TOO_MANY_REQUESTS("UpstreamTooManyRequests"),
  UPSTREAM_UNAVAILABLE("UpstreamUnavailable");

  private final String wireName;

  FailureCode(String wireName) {
    this.wireName = wireName;
  }

  String wireName() {
    return wireName;
  }

  /** With what it means for one image. */
  ImageFailure because(String reason) {
    return new ImageFailure(this, reason);
  }
}

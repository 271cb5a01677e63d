package dev.sluice.storage.s3;

import java.net.URI;
import java.util.Optional;

/**
 * Which bucket, and how it is reached.
 *
 * @param prefix of every key, with its last slash where it has one; empty for none
 * @param endpoint of a server that is not Amazon's; empty: that of Amazon S3 in the region
 * @param region which Amazon's servers, and most others, want to be signed for
 * @param pathStyle whether the bucket stands in the path and not in the host's name
 * @param credentials empty: wherever the SDK looks for them by itself
 */
public record S3Settings(
    String bucket,
    String prefix,
    Optional<URI> endpoint,
    String region,
    boolean pathStyle,
    Optional<Credentials> credentials) {

  /** Who asks. */
  public record Credentials(String accessKey, String secretKey) {
    @Override
    public String toString() {
      return "Credentials[" + accessKey + ']';
    }
  }

  /** Where it is, in the words of a message. */
  String place() {
    return "bucket " + bucket + endpoint.map(at -> " at " + at.getAuthority()).orElse("");
  }
}

package dev.sluice.metadata;

import java.util.Optional;

/**
 * How a repository is said to be encrypted. Kept and shown, for clients that compare it; the disk's
 * own encryption is the operator's.
 *
 * @param type such as {@code AES256} or {@code KMS}
 * @param kmsKey only with the latter
 */
public record Encryption(String type, Optional<String> kmsKey) {

  /** ECR's own default. */
  public static final Encryption AES256 = new Encryption("AES256", Optional.empty());
}

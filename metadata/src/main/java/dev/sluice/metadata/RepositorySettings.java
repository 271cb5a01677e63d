package dev.sluice.metadata;

import java.util.Map;

/**
 * What a repository is set to, and what a creation template sets.
 *
 * @param scanOnPush kept and shown; nothing scans here
 * @param tags the AWS resource tags, key to value
 */
public record RepositorySettings(
    TagMutability mutability, boolean scanOnPush, Encryption encryption, Map<String, String> tags) {

  /** Where nothing is said. */
  public static final RepositorySettings USUAL =
      new RepositorySettings(TagMutability.MUTABLE, false, Encryption.AES256, Map.of());

  /** Copies the map. */
  public RepositorySettings {
    tags = Map.copyOf(tags);
  }

  /** The same with tags that move otherwise. */
  public RepositorySettings with(TagMutability other) {
    return new RepositorySettings(other, scanOnPush, encryption, tags);
  }

  /** The same with other resource tags. */
  public RepositorySettings withTags(Map<String, String> other) {
    return new RepositorySettings(mutability, scanOnPush, encryption, other);
  }
}

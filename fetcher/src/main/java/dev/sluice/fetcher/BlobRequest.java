package dev.sluice.fetcher;

import dev.sluice.metadata.RepositoryName;
import dev.sluice.storage.Digest;

/**
 * Asks for a blob.
 *
 * @param headOnly only whether it exists and its size; nothing is brought in for that
 * @param mayGoElsewhere whether a link to the nodes' archive would do as well as the bytes; nothing
 *     is brought in where there is one
 */
public record BlobRequest(
    RepositoryName repository, Digest digest, boolean headOnly, boolean mayGoElsewhere) {

  /** Asks for the bytes themselves, or for their head. */
  public BlobRequest(RepositoryName repository, Digest digest, boolean headOnly) {
    this(repository, digest, headOnly, false);
  }
}

package dev.sluice.fetcher;

import dev.sluice.metadata.RepositoryName;
import dev.sluice.storage.Digest;

/**
 * Asks for a blob.
 *
 * @param headOnly only whether it exists and its size; nothing is brought in for that
 * @param way how whoever asks may get at the bytes
 */
public record BlobRequest(RepositoryName repository, Digest digest, boolean headOnly, Way way) {

  /** Asks for the bytes themselves, or for their head. */
  public BlobRequest(RepositoryName repository, Digest digest, boolean headOnly) {
    this(repository, digest, headOnly, Way.HERE);
  }

  /** How bytes are had. */
  public enum Way {
    /** From this node. */
    HERE,
    /** A link to the nodes' archive would do as well; nothing is brought in where there is one. */
    ELSEWHERE,
    /**
     * From this node, after a link was of no use a moment ago: what is in the archive may be wrong,
     * or out of reach.
     */
    BACK_FROM_ELSEWHERE
  }
}

package dev.sluice.fetcher;

import dev.sluice.metadata.RepositoryName;
import dev.sluice.storage.Digest;

/**
 * Asks for a blob.
 *
 * @param headOnly only whether it exists and its size; nothing is brought in for that
 */
public record BlobRequest(RepositoryName repository, Digest digest, boolean headOnly) {}

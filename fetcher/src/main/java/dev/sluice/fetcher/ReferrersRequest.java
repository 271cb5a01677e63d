package dev.sluice.fetcher;

import dev.sluice.metadata.RepositoryName;
import dev.sluice.storage.Digest;

/** Asks which manifests of a repository refer to one: signatures, SBOMs and the like. */
public record ReferrersRequest(RepositoryName repository, Digest subject) {}

package dev.sluice.fetcher;

import dev.sluice.metadata.Reference;
import dev.sluice.metadata.RepositoryName;

/** Asks for a manifest. */
public record ManifestRequest(RepositoryName repository, Reference reference) {}

package dev.sluice.fetcher;

import dev.sluice.metadata.Reference.Tag;
import dev.sluice.metadata.RepositoryName;

/** Asks upstream where a tag points now, whether its check is due or not. */
public record CheckRequest(RepositoryName repository, Tag tag) {}

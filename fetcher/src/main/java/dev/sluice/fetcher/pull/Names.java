package dev.sluice.fetcher.pull;

import dev.sluice.metadata.Catalog;
import dev.sluice.metadata.CreationTemplates;
import dev.sluice.metadata.Repositories;
import dev.sluice.metadata.TagIndex;

/** Where a node keeps what it knows by name. */
public record Names(
    Repositories repositories, CreationTemplates templates, TagIndex tags, Catalog catalog) {}

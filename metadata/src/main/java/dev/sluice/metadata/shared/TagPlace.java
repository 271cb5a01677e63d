package dev.sluice.metadata.shared;

import dev.sluice.metadata.Metadata;
import dev.sluice.metadata.Reference.Tag;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.metadata.TagEntry;
import io.vertx.core.Future;
import java.util.Optional;

/** Where a tag's entry is. */
record TagPlace(RepositoryName repository, Tag tag) implements Place<TagEntry> {

  @Override
  public RepositoryName subject() {
    return repository;
  }

  @Override
  public Future<Optional<TagEntry>> in(Metadata metadata) {
    return metadata.tags().find(repository, tag);
  }

  @Override
  public Future<?> put(Metadata copy, TagEntry told) {
    return copy.tags().point(repository, tag, told);
  }

  @Override
  public Future<?> drop(Metadata copy) {
    return copy.tags().forget(repository, tag);
  }
}

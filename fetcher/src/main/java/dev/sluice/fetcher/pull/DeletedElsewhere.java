package dev.sluice.fetcher.pull;

import dev.sluice.metadata.NameChanges;
import dev.sluice.metadata.Reference.Tag;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.storage.Digest;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Hears what other nodes have deleted.
 *
 * @param told of each repository that has lost something
 */
record DeletedElsewhere(Consumer<RepositoryName> told) implements NameChanges {

  @Override
  public void tag(RepositoryName repository, Tag tag) {
    told.accept(repository);
  }

  @Override
  public void images(RepositoryName repository, Set<Digest> digests) {
    told.accept(repository);
  }

  @Override
  public void repository(RepositoryName repository) {
    told.accept(repository);
  }
}

package dev.sluice.fetcher.pull;

import dev.sluice.metadata.Reference.Tag;
import dev.sluice.metadata.RepositoryName;

/**
 * A tag of a repository.
 *
 * @param era of the repository when somebody asked; see {@link Eras}
 */
record TagName(RepositoryName repository, Tag tag, long era) {
  @Override
  public String toString() {
    return repository + ":" + tag;
  }
}

package dev.sluice.fetcher.pull;

import dev.sluice.metadata.Reference.Tag;
import dev.sluice.metadata.RepositoryName;

/** A tag of a repository. */
record TagName(RepositoryName repository, Tag tag) {
  @Override
  public String toString() {
    return repository + ":" + tag;
  }
}

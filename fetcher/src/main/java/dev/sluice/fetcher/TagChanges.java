package dev.sluice.fetcher;

import dev.sluice.metadata.Reference.Tag;
import dev.sluice.metadata.RepositoryName;

/** Hears of tags whose earlier answers are no longer true. Called from any thread. */
@FunctionalInterface
public interface TagChanges {

  /** Hears nothing. */
  TagChanges NONE = (repository, tag) -> {};

  /** A tag points elsewhere now, or is known no more. */
  void changed(RepositoryName repository, Tag tag);
}

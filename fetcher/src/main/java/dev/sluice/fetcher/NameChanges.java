package dev.sluice.fetcher;

import dev.sluice.metadata.Reference.Tag;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.storage.Digest;

/**
 * Hears of names whose earlier answers are no longer true, after they ceased to be. Called from any
 * thread.
 */
public interface NameChanges {

  /** Hears nothing. */
  NameChanges NONE = new NameChanges() {};

  /** A tag points elsewhere now, or is known no more. */
  default void tag(RepositoryName repository, Tag tag) {}

  /**
   * A repository holds an image no longer, nor the tags that pointed to it, nor the blobs that only
   * it listed.
   */
  default void image(RepositoryName repository, Digest digest) {}

  /** A repository is no more, or which of its tags may move has been set anew. */
  default void repository(RepositoryName repository) {}
}

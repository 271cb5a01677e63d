package dev.sluice.metadata;

import dev.sluice.metadata.Reference.Tag;
import dev.sluice.storage.Digest;
import java.util.Set;

/**
 * Hears of names whose earlier answers are no longer true, after they ceased to be. Called from any
 * thread; must return at once.
 */
public interface NameChanges {

  /** Hears nothing. */
  NameChanges NONE = new NameChanges() {};

  /** A tag points elsewhere now, or is known no more. */
  default void tag(RepositoryName repository, Tag tag) {}

  /**
   * A repository holds these images no longer, nor the tags that pointed to them, nor the blobs
   * that only they listed.
   */
  default void images(RepositoryName repository, Set<Digest> digests) {}

  /**
   * A repository is no more, or which of its tags may move has been set anew, or something was to
   * be deleted from it and nobody knows whether it was.
   */
  default void repository(RepositoryName repository) {}

  /** Rules or creation templates were made, changed or dropped. */
  default void rules() {}

  /** Anything may have changed: some changes were not heard of. */
  default void everything() {}
}

package dev.sluice.fetcher;

import dev.sluice.metadata.Reference.Tag;
import dev.sluice.metadata.Repository;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.storage.Digest;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.Set;

/**
 * Takes names away at once, also from what is under way: once a future succeeds, nothing of before
 * is served any more. Where a rule covers the repository the next pull asks upstream anew.
 */
public interface Deletions {

  /**
   * Deletes a repository with all that it holds.
   *
   * @return what it was; empty where there was none
   */
  Future<Optional<Repository>> repository(RepositoryName name);

  /**
   * Deletes images, the tags that point to them, and the blobs that no other image of the
   * repository lists. The children of an index stay, unless they are named too.
   *
   * @return those that the repository held
   */
  Future<Set<Digest>> images(RepositoryName name, Set<Digest> digests);

  /**
   * Deletes a tag; what it points to stays.
   *
   * @return false where there is no such tag
   */
  Future<Boolean> tag(RepositoryName name, Tag tag);
}

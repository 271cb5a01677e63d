package dev.sluice.fetcher.pull;

import dev.sluice.metadata.Repositories;
import dev.sluice.metadata.Repository;
import dev.sluice.metadata.TagEntry;
import dev.sluice.metadata.TagIndex;
import dev.sluice.storage.Digest;
import io.vertx.core.Future;
import java.util.Optional;

/**
 * Which tags may not move, by the settings of their repositories. Looked up only where upstream
 * would be asked otherwise. Waits, so it is used on virtual threads.
 */
final class FixedTags {

  private final Repositories repositories;
  private final TagIndex tags;

  FixedTags(Repositories repositories, TagIndex tags) {
    this.repositories = repositories;
    this.tags = tags;
  }

  /**
   * Whether a tag that points somewhere points there for good. So it is taken to where that cannot
   * be read: a tag that moves wrongly does harm, one that stays goes on serving what was pulled.
   */
  boolean holds(TagName name) {
    return repositories
        .find(name.repository())
        .compose(
            found ->
                found.isPresent()
                    ? Future.succeededFuture(holds(found.get(), name))
                    : repositories.exists(name.repository()))
        .otherwise(true)
        .await();
  }

  private static boolean holds(Repository repository, TagName name) {
    return !repository.settings().mutability().mayMove(name.tag());
  }

  /**
   * Where a tag points for good whose image is not here any more, as after a loss of bytes; empty
   * where upstream may say where it points.
   */
  Optional<Digest> digest(TagName name) {
    return tags.find(name.repository(), name.tag())
        .await()
        .map(TagEntry::digest)
        .filter(known -> holds(name));
  }
}

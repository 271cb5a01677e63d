package dev.sluice.fetcher.pull;

import dev.sluice.metadata.Catalog;
import dev.sluice.metadata.NameChanges;
import dev.sluice.metadata.Reference.Tag;
import dev.sluice.metadata.Repository;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.storage.Digest;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Takes names away, and sees to it that nothing under way brings them back. */
final class Removal {

  private final Names names;
  private final Eras eras;
  private final NameChanges changes;
  private final Tasks tasks;

  Removal(Names names, Eras eras, NameChanges changes, Tasks tasks) {
    this.names = names;
    this.eras = eras;
    this.changes = changes;
    this.tasks = tasks;
  }

  /** Where it takes them from. */
  Names names() {
    return names;
  }

  Optional<Repository> repository(RepositoryName name) {
    return removed(name, () -> names.repositories().remove(name), _ -> changes.repository(name));
  }

  Set<Digest> images(RepositoryName name, Catalog.Selection which) {
    return removed(
        name, () -> names.catalog().remove(name, which), gone -> changes.images(name, gone));
  }

  boolean tag(RepositoryName name, Tag tag) {
    return removed(
        name,
        () ->
            names
                .tags()
                .find(name, tag)
                .compose(known -> names.tags().forget(name, tag).map(known.isPresent())),
        _ -> changes.tag(name, tag));
  }

  /**
   * A new era begins before, so that nothing from before is noted any more, and once more after:
   * what was begun meanwhile may have seen what was about to go. Those who keep answers hear of it
   * last, and of what failed too, for it may have been done.
   */
  private <T> T removed(
      RepositoryName name, Supplier<Future<T>> removal, Consumer<T> announcement) {
    eras.begin(name);
    Runnable news = () -> changes.repository(name);
    try {
      T gone = tasks.aside(removal).await();
      news = () -> announcement.accept(gone);
      return gone;
    } finally {
      eras.begin(name);
      news.run();
    }
  }
}

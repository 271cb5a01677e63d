package dev.sluice.fetcher.pull;

import dev.sluice.fetcher.NameChanges;
import dev.sluice.metadata.Reference.Tag;
import dev.sluice.metadata.Repository;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.storage.Digest;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.function.Supplier;

/** Takes names away, and sees to it that nothing under way brings them back. */
final class Removal {

  private final Names names;
  private final Eras eras;
  private final NameChanges changes;

  Removal(Names names, Eras eras, NameChanges changes) {
    this.names = names;
    this.eras = eras;
    this.changes = changes;
  }

  Optional<Repository> repository(RepositoryName name) {
    return removed(name, () -> names.repositories().remove(name), () -> changes.repository(name));
  }

  boolean image(RepositoryName name, Digest digest) {
    return removed(
        name, () -> names.catalog().remove(name, digest), () -> changes.image(name, digest));
  }

  boolean tag(RepositoryName name, Tag tag) {
    return removed(
        name,
        () ->
            names
                .tags()
                .find(name, tag)
                .compose(known -> names.tags().forget(name, tag).map(known.isPresent())),
        () -> changes.tag(name, tag));
  }

  /**
   * A new era begins before, so that nothing from before is noted any more, and once more after:
   * what was begun meanwhile may have seen what was about to go. Those who keep answers hear of it
   * last, and of what failed too, for it may have been done.
   */
  private <T> T removed(RepositoryName name, Supplier<Future<T>> removal, Runnable announcement) {
    eras.begin(name);
    try {
      return removal.get().await();
    } finally {
      eras.begin(name);
      announcement.run();
    }
  }
}

package dev.sluice.fetcher.pull;

import dev.sluice.fetcher.Refused;
import dev.sluice.metadata.FailedCheck;
import dev.sluice.metadata.NameChanges;
import dev.sluice.metadata.TagEntry;
import dev.sluice.metadata.TagIndex;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Optional;

/**
 * Notes what checks found. Each note says why it could not be made, and is empty where it was: a
 * disk that is full is no reason to fail a client.
 */
final class TagNotes {

  private final TagIndex tags;
  private final NameChanges changes;
  private final Eras eras;

  TagNotes(TagIndex tags, NameChanges changes, Eras eras) {
    this.tags = tags;
    this.changes = changes;
    this.eras = eras;
  }

  /** A tag points here, for the first time or still. */
  Optional<Refused> points(TagName name, TagEntry entry) {
    if (eras.isOver(name.repository(), name.era())) {
      return Optional.of(Refusals.overtaken("the check of " + name));
    }
    return trouble(name, tags.point(name.repository(), name.tag(), entry));
  }

  /** A tag pointed elsewhere and points here now. */
  Optional<Refused> moved(TagName name, TagEntry entry) {
    return announced(name, points(name, entry));
  }

  /** A tag points where it did. */
  Optional<Refused> confirmed(TagName name, Instant checkedAt) {
    return trouble(name, tags.confirm(name.repository(), name.tag(), checkedAt));
  }

  /** A tag is no more. */
  Optional<Refused> forgotten(TagName name) {
    return announced(name, trouble(name, tags.forget(name.repository(), name.tag())));
  }

  /** A tag could not be checked. */
  Optional<Refused> failed(TagName name, FailedCheck check) {
    return trouble(name, tags.failed(name.repository(), name.tag(), check));
  }

  private Optional<Refused> announced(TagName name, Optional<Refused> trouble) {
    if (trouble.isEmpty()) {
      changes.tag(name.repository(), name.tag());
    }
    return trouble;
  }

  private static Optional<Refused> trouble(TagName name, Future<Void> note) {
    return note.map(_ -> Optional.<Refused>empty())
        .otherwise(broken -> Optional.of(Refusals.unrecordable("the check of " + name, broken)))
        .await();
  }
}

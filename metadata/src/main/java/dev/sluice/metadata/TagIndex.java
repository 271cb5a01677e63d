package dev.sluice.metadata;

import dev.sluice.metadata.Reference.Tag;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The tags we know, and when each was last checked. */
public interface TagIndex {

  /** A tag's entry; empty where it is unknown or its record cannot be read. */
  Future<Optional<TagEntry>> find(RepositoryName repository, Tag tag);

  /** Points a tag, new or known. */
  Future<Void> point(RepositoryName repository, Tag tag, TagEntry entry);

  /**
   * Notes that upstream still points a tag where we do, which makes up for a failed check; does
   * nothing for an unknown tag.
   */
  Future<Void> confirm(RepositoryName repository, Tag tag, Instant checkedAt);

  /** Notes a check that failed; does nothing for an unknown tag. */
  Future<Void> failed(RepositoryName repository, Tag tag, FailedCheck check);

  /** Drops a tag, for good; what it pointed to stays. */
  Future<Void> forget(RepositoryName repository, Tag tag);

  /** Where every known tag of a repository points, in ASCII order of the tags. */
  Future<Map<Tag, TagEntry>> all(RepositoryName repository);

  /** The known tags of a repository, in ASCII order. */
  Future<List<Tag>> tags(RepositoryName repository);
}

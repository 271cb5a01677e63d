package dev.sluice.metadata.shared;

import dev.sluice.metadata.FailedCheck;
import dev.sluice.metadata.Metadata;
import dev.sluice.metadata.Reference.Tag;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.metadata.TagEntry;
import dev.sluice.metadata.TagIndex;
import dev.sluice.metadata.shared.Changes.Write;
import dev.sluice.metadata.shared.Question.Extent;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The tags of a cluster. Of two nodes that could not speak to each other the later check of a tag
 * counts.
 */
final class SharedTagIndex implements TagIndex {

  private final Questions questions;
  private final Changes changes;

  SharedTagIndex(Questions questions, Changes changes) {
    this.questions = questions;
    this.changes = changes;
  }

  @Override
  public Future<Optional<TagEntry>> find(RepositoryName repository, Tag tag) {
    return questions.find(new TagPlace(repository, tag));
  }

  @Override
  public Future<Void> point(RepositoryName repository, Tag tag, TagEntry entry) {
    TagPlace place = new TagPlace(repository, tag);
    return changes.write(
        place,
        Write.of(
            metadata -> metadata.tags().point(repository, tag, entry),
            metadata ->
                place
                    .in(metadata)
                    .compose(
                        known ->
                            known.isPresent() && isLater(known.get(), entry)
                                ? Future.succeededFuture()
                                : metadata.tags().point(repository, tag, entry))));
  }

  @Override
  public Future<Void> confirm(RepositoryName repository, Tag tag, Instant checkedAt) {
    return changes.write(
        new TagPlace(repository, tag),
        Write.of(
            metadata -> metadata.tags().confirm(repository, tag, checkedAt),
            metadata -> bringOver(metadata, new TagPlace(repository, tag))));
  }

  @Override
  public Future<Void> failed(RepositoryName repository, Tag tag, FailedCheck check) {
    return changes.write(
        new TagPlace(repository, tag),
        Write.of(
            metadata -> metadata.tags().failed(repository, tag, check),
            metadata -> bringOver(metadata, new TagPlace(repository, tag))));
  }

  /** What a check found, with the entry that it was of: the other side may have another one. */
  private Future<?> bringOver(Metadata to, TagPlace place) {
    return questions
        .known(place::in)
        .compose(
            own ->
                place
                    .in(to)
                    .compose(
                        known ->
                            own.isEmpty() || known.isEmpty() || isLater(known.get(), own.get())
                                ? Future.succeededFuture()
                                : to.tags().point(place.repository(), place.tag(), own.get())));
  }

  private static boolean isLater(TagEntry one, TagEntry other) {
    return one.checkedAt().isAfter(other.checkedAt());
  }

  @Override
  public Future<Void> forget(RepositoryName repository, Tag tag) {
    return changes.make(
        metadata -> metadata.tags().forget(repository, tag),
        _ -> changes.drop(new TagPlace(repository, tag)));
  }

  @Override
  public Future<Map<Tag, TagEntry>> all(RepositoryName repository) {
    Function<Metadata, Future<Map<Tag, TagEntry>>> all =
        metadata -> metadata.tags().all(repository);
    return questions.ask(
        new Question<TagEntry, Map<Tag, TagEntry>>(
            repository, Extent.REPOSITORY, all, tags -> places(repository, tags)));
  }

  private static Map<Place<TagEntry>, TagEntry> places(
      RepositoryName repository, Map<Tag, TagEntry> tags) {
    Map<Place<TagEntry>, TagEntry> places = new HashMap<>();
    tags.forEach((tag, entry) -> places.put(new TagPlace(repository, tag), entry));
    return places;
  }

  /** Names alone, which is much cheaper, unless the copy has a name that the authority lacks. */
  @Override
  public Future<List<Tag>> tags(RepositoryName repository) {
    Function<Metadata, Future<List<Tag>>> names = metadata -> metadata.tags().tags(repository);
    return questions
        .either(names)
        .compose(
            told ->
                questions
                    .known(names)
                    .otherwise(List.of())
                    .compose(
                        known ->
                            new HashSet<>(told).containsAll(known)
                                ? Future.succeededFuture(told)
                                : all(repository).map(all -> List.copyOf(all.keySet()))));
  }
}

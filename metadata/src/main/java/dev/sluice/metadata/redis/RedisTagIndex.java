package dev.sluice.metadata.redis;

import dev.sluice.metadata.FailedCheck;
import dev.sluice.metadata.Reference;
import dev.sluice.metadata.Reference.Tag;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.metadata.TagEntry;
import dev.sluice.metadata.TagIndex;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.UnaryOperator;

/** Tags, each a field of its repository's hash. */
final class RedisTagIndex implements TagIndex {

  private final Records records;
  private final Keys keys;

  RedisTagIndex(Records records, Keys keys) {
    this.records = records;
    this.keys = keys;
  }

  @Override
  public Future<Optional<TagEntry>> find(RepositoryName repository, Tag tag) {
    return records.value(keys.of(repository).tags(), tag.value());
  }

  @Override
  public Future<Void> point(RepositoryName repository, Tag tag, TagEntry entry) {
    RepositoryKeys place = keys.of(repository);
    return new Amendments(records)
        .put(place.tags(), tag.value(), _ -> Optional.of(entry), change -> change.revise(place))
        .mapEmpty();
  }

  @Override
  public Future<Void> confirm(RepositoryName repository, Tag tag, Instant checkedAt) {
    return amend(repository, tag, known -> known.confirmed(checkedAt));
  }

  @Override
  public Future<Void> failed(RepositoryName repository, Tag tag, FailedCheck check) {
    return amend(repository, tag, known -> known.afterFailure(check));
  }

  /** Where it points stays, so that no removal of images need begin anew. */
  private Future<Void> amend(RepositoryName repository, Tag tag, UnaryOperator<TagEntry> change) {
    return new Amendments(records)
        .amend(keys.of(repository).tags(), tag.value(), change)
        .mapEmpty();
  }

  @Override
  public Future<Void> forget(RepositoryName repository, Tag tag) {
    RepositoryKeys place = keys.of(repository);
    return new Change()
        .drop(place.tags(), tag.value())
        .revise(place)
        .make(records.link())
        .mapEmpty();
  }

  @Override
  public Future<Map<Tag, TagEntry>> all(RepositoryName repository) {
    return all(records, keys.of(repository));
  }

  static Future<Map<Tag, TagEntry>> all(Records records, RepositoryKeys repository) {
    return records.all(repository.tags()).map(entries -> byTag(records, repository, entries));
  }

  private static Map<Tag, TagEntry> byTag(
      Records records, RepositoryKeys repository, SortedMap<String, TagEntry> entries) {
    Map<Tag, TagEntry> all = new LinkedHashMap<>();
    entries.forEach(
        (field, entry) ->
            Reference.parseTag(field)
                .ifPresentOrElse(
                    tag -> all.put(tag, entry), () -> records.countUndecodable(repository.tags())));
    return all;
  }

  @Override
  public Future<List<Tag>> tags(RepositoryName repository) {
    RecordHash<TagEntry> tags = keys.of(repository).tags();
    return records.fields(tags).map(fields -> parse(tags, fields));
  }

  private List<Tag> parse(RecordHash<TagEntry> hash, List<String> fields) {
    List<Tag> tags = new ArrayList<>(fields.size());
    for (String field : fields) {
      Reference.parseTag(field).ifPresentOrElse(tags::add, () -> records.countUndecodable(hash));
    }
    return tags;
  }
}

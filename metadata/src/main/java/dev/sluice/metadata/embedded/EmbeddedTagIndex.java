package dev.sluice.metadata.embedded;

import static dev.sluice.metadata.record.RecordForm.TAG;

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
import java.util.function.UnaryOperator;

/** Tags, each under its repository. */
final class EmbeddedTagIndex implements TagIndex {

  private final RecordFile file;

  EmbeddedTagIndex(RecordFile file) {
    this.file = file;
  }

  @Override
  public Future<Optional<TagEntry>> find(RepositoryName repository, Tag tag) {
    String key = RecordKey.of(repository, tag);
    return file.read(records -> records.table(TAG).find(key));
  }

  @Override
  public Future<Void> point(RepositoryName repository, Tag tag, TagEntry entry) {
    String key = RecordKey.of(repository, tag);
    return file.change(
        records -> {
          records.table(TAG).put(key, entry);
          return null;
        });
  }

  @Override
  public Future<Void> confirm(RepositoryName repository, Tag tag, Instant checkedAt) {
    return amend(repository, tag, known -> known.confirmed(checkedAt));
  }

  @Override
  public Future<Void> failed(RepositoryName repository, Tag tag, FailedCheck check) {
    return amend(repository, tag, known -> known.afterFailure(check));
  }

  private Future<Void> amend(RepositoryName repository, Tag tag, UnaryOperator<TagEntry> change) {
    String key = RecordKey.of(repository, tag);
    return file.change(records -> records.table(TAG).amend(key, change)).mapEmpty();
  }

  @Override
  public Future<Void> forget(RepositoryName repository, Tag tag) {
    String key = RecordKey.of(repository, tag);
    return file.changeForGood(
        records -> {
          records.table(TAG).remove(key);
          return null;
        });
  }

  @Override
  public Future<Map<Tag, TagEntry>> all(RepositoryName repository) {
    return file.read(records -> all(records.table(TAG), repository));
  }

  static Map<Tag, TagEntry> all(RecordTable<TagEntry> table, RepositoryName repository) {
    Map<Tag, TagEntry> all = new LinkedHashMap<>();
    for (Tag tag : tags(table, repository)) {
      table.find(RecordKey.of(repository, tag)).ifPresent(entry -> all.put(tag, entry));
    }
    return all;
  }

  @Override
  public Future<List<Tag>> tags(RepositoryName repository) {
    return file.read(records -> tags(records.table(TAG), repository));
  }

  /** By keys alone: reading every record to list names would cost a hundred times as much. */
  private static List<Tag> tags(RecordTable<TagEntry> table, RepositoryName repository) {
    String first = RecordKey.first(repository);
    List<Tag> tags = new ArrayList<>();
    for (String key : table.keys(first, RecordKey.past(repository))) {
      Reference.parseTag(key.substring(first.length()))
          .ifPresentOrElse(tags::add, table::countUndecodable);
    }
    return tags;
  }
}

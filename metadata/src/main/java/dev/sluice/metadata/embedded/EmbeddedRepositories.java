package dev.sluice.metadata.embedded;

import static dev.sluice.metadata.record.RecordForm.IMAGE;
import static dev.sluice.metadata.record.RecordForm.MEMBER;
import static dev.sluice.metadata.record.RecordForm.REPOSITORY;
import static dev.sluice.metadata.record.RecordForm.TAG;

import dev.sluice.metadata.ImageRecord;
import dev.sluice.metadata.Repositories;
import dev.sluice.metadata.Repository;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.metadata.RepositorySettings;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Repositories, each under its name. */
final class EmbeddedRepositories implements Repositories {

  private final RecordFile file;

  EmbeddedRepositories(RecordFile file) {
    this.file = file;
  }

  @Override
  public Future<Optional<Repository>> find(RepositoryName name) {
    return file.read(records -> records.table(REPOSITORY).find(name.value()));
  }

  @Override
  public Future<Boolean> exists(RepositoryName name) {
    return file.read(records -> records.table(REPOSITORY).has(name.value()));
  }

  @Override
  public Future<List<Repository>> all() {
    return file.read(records -> records.table(REPOSITORY).all());
  }

  @Override
  public Future<Boolean> create(Repository repository) {
    return file.changeForGood(
        records -> records.table(REPOSITORY).createOrMend(repository.name().value(), repository));
  }

  @Override
  public Future<Optional<Repository>> amend(RepositoryName name, UnaryOperator<Repository> change) {
    return file.changeForGood(records -> records.table(REPOSITORY).amend(name.value(), change));
  }

  @Override
  public Future<Optional<Repository>> remove(RepositoryName name) {
    String from = RecordKey.first(name);
    String to = RecordKey.past(name);
    return file.changeForGood(
        records -> {
          records.table(IMAGE).removeAll(from, to);
          records.table(TAG).removeAll(from, to);
          records.table(MEMBER).removeAll(from, to);
          return records.table(REPOSITORY).take(name.value());
        });
  }

  /** Makes the repositories of images that versions before 0.1 kept without one. */
  void adopt() {
    List<RepositoryName> missing =
        file.read(EmbeddedRepositories::withoutRecord).otherwise(List.of()).result();
    if (!missing.isEmpty()) {
      file.change(
          records -> {
            missing.forEach(name -> adopt(records, name));
            return null;
          });
    }
  }

  private static void adopt(OpenRecords records, RepositoryName name) {
    Instant since =
        records.table(IMAGE).all(RecordKey.first(name), RecordKey.past(name)).stream()
            .map(ImageRecord::storedAt)
            .min(Instant::compareTo)
            .orElse(Instant.EPOCH);
    records
        .table(REPOSITORY)
        .create(
            name.value(), new Repository(name, since, RepositorySettings.USUAL, Optional.empty()));
  }

  /** Leaps from the first image of a repository to the next repository. */
  private static List<RepositoryName> withoutRecord(OpenRecords records) {
    RecordTable<ImageRecord> images = records.table(IMAGE);
    List<RepositoryName> missing = new ArrayList<>();
    Optional<String> key = images.keyFrom("");
    while (key.isPresent()) {
      Optional<RepositoryName> name = RecordKey.repository(key.get());
      name.filter(known -> !records.table(REPOSITORY).has(known.value())).ifPresent(missing::add);
      key = images.keyFrom(name.map(RecordKey::past).orElse(key.get() + '\0'));
    }
    return missing;
  }
}

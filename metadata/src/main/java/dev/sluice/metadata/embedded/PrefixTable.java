package dev.sluice.metadata.embedded;

import dev.sluice.metadata.record.RecordForm;
import dev.sluice.metadata.record.RecordName;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Records that are kept by the prefix of names that they are for: {@code ROOT} or what a repository
 * name may be.
 */
final class PrefixTable<T> {

  private final RecordFile file;
  private final RecordForm<T> form;
  private final Function<T, String> prefix;

  PrefixTable(RecordFile file, RecordForm<T> form, Function<T, String> prefix) {
    this.file = file;
    this.form = form;
    this.prefix = prefix;
  }

  Future<List<T>> all() {
    return file.read(records -> records.table(form).all());
  }

  /** Keeps a record, also in the place of an unreadable one; false where its prefix is taken. */
  Future<Boolean> create(T value) {
    Optional<String> key = RecordName.ofPrefix(prefix.apply(value));
    return key.isEmpty()
        ? Future.failedFuture(new IllegalArgumentException("not a prefix"))
        : file.change(records -> records.table(form).createOrMend(key.get(), value));
  }

  Future<Optional<T>> amend(String of, UnaryOperator<T> change) {
    return at(of, (table, key) -> table.amend(key, change));
  }

  Future<Optional<T>> remove(String of) {
    return at(of, RecordTable::take);
  }

  private Future<Optional<T>> at(String of, Step<T> step) {
    return RecordName.ofPrefix(of)
        .map(key -> file.change(records -> step.on(records.table(form), key)))
        .orElseGet(() -> Future.succeededFuture(Optional.empty()));
  }

  private interface Step<T> {
    Optional<T> on(RecordTable<T> table, String key);
  }
}

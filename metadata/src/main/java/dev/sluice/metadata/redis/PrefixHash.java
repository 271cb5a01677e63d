package dev.sluice.metadata.redis;

import dev.sluice.metadata.record.RecordName;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Records that are kept by the prefix of names that they are for. */
final class PrefixHash<T> {

  private final Records records;
  private final RecordHash<T> hash;
  private final Function<T, String> prefix;

  PrefixHash(Records records, RecordHash<T> hash, Function<T, String> prefix) {
    this.records = records;
    this.hash = hash;
    this.prefix = prefix;
  }

  Future<List<T>> all() {
    return records.all(hash).map(all -> List.copyOf(all.values()));
  }

  /** Keeps a record, also in the place of an unreadable one; false where its prefix is taken. */
  Future<Boolean> create(T value) {
    return RecordName.ofPrefix(prefix.apply(value))
        .map(field -> new Amendments(records).create(hash, field, value, UnaryOperator.identity()))
        .orElseGet(() -> Future.failedFuture(new IllegalArgumentException("not a prefix")));
  }

  Future<Optional<T>> amend(String of, UnaryOperator<T> change) {
    return RecordName.ofPrefix(of)
        .map(field -> new Amendments(records).amend(hash, field, change))
        .orElseGet(() -> Future.succeededFuture(Optional.empty()));
  }

  Future<Optional<T>> remove(String of) {
    return RecordName.ofPrefix(of)
        .map(field -> new Amendments(records).take(hash, field, UnaryOperator.identity()))
        .orElseGet(() -> Future.succeededFuture(Optional.empty()));
  }
}

package dev.sluice.metadata.redis;

import io.vertx.core.Future;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Changes of one record, each as one step whoever else makes them at the same time. */
record Amendments(Records records) {

  /** Changes a record; empty where there is none that can be read. */
  <T> Future<Optional<T>> amend(RecordHash<T> hash, String field, UnaryOperator<T> change) {
    return amend(hash, field, change, UnaryOperator.identity());
  }

  /** The same, with what goes along in the same step. */
  <T> Future<Optional<T>> amend(
      RecordHash<T> hash, String field, UnaryOperator<T> change, UnaryOperator<Change> along) {
    return put(hash, field, known -> known.value().map(change), along);
  }

  /**
   * Writes a record by what is known; nothing where that makes none.
   *
   * @return what it is now, or empty
   */
  <T> Future<Optional<T>> put(
      RecordHash<T> hash,
      String field,
      Function<Known<T>, Optional<T>> change,
      UnaryOperator<Change> along) {
    return Attempts.of(
        records.link().vertx(),
        () ->
            records
                .find(hash, field)
                .compose(
                    known -> {
                      Optional<T> value = change.apply(known);
                      return value.isEmpty() || value.equals(known.value())
                          ? Future.succeededFuture(Optional.of(value))
                          : make(
                              along.apply(new Change().replace(hash, field, known, value.get())),
                              value);
                    }));
  }

  /** Writes a record where none can be read, with what goes along; false where one can. */
  <T> Future<Boolean> create(
      RecordHash<T> hash, String field, T value, UnaryOperator<Change> along) {
    return Attempts.of(
        records.link().vertx(),
        () ->
            records
                .find(hash, field)
                .compose(
                    known ->
                        known.value().isPresent()
                            ? Future.succeededFuture(Optional.of(false))
                            : make(
                                along.apply(new Change().replace(hash, field, known, value)),
                                true)));
  }

  /** Drops a record, with what goes along, and says what it was. */
  <T> Future<Optional<T>> take(RecordHash<T> hash, String field, UnaryOperator<Change> along) {
    return Attempts.of(
        records.link().vertx(),
        () ->
            records
                .find(hash, field)
                .compose(
                    known ->
                        make(
                            along.apply(new Change().expect(hash, field, known).drop(hash, field)),
                            known.value())));
  }

  private <T> Future<Optional<T>> make(Change change, T answer) {
    return change.make(records.link()).map(made -> made ? Optional.of(answer) : Optional.empty());
  }
}

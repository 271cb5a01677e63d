package dev.sluice.metadata.embedded;

import dev.sluice.metadata.record.RecordForm;
import dev.sluice.metadata.record.UndecodableRecords;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;

/** The records of one kind by key, in ASCII order of their keys. */
record RecordTable<T>(
    MVMap<String, String> texts, RecordForm<T> form, UndecodableRecords undecodable) {

  Optional<T> find(String key) {
    return Optional.ofNullable(texts.get(key)).flatMap(stored -> read(key, stored));
  }

  /** Writes a record; one that would not change is not written again. */
  void put(String key, T value) {
    String earlier = texts.get(key);
    String text =
        Optional.ofNullable(earlier)
            .flatMap(stored -> Seal.open(key, stored))
            .map(known -> form.rewrite(known, value))
            .orElseGet(() -> form.write(value));
    String stored = Seal.seal(key, text);
    if (!stored.equals(earlier)) {
      texts.put(key, stored);
    }
  }

  /** Writes a record where there is none, readable or not; false where there is one. */
  boolean create(String key, T value) {
    return !has(key) && createOrMend(key, value);
  }

  /**
   * Writes a record where none can be read; false where one can. For what a person says anew: only
   * that may take the place of what a person may have said before.
   */
  boolean createOrMend(String key, T value) {
    boolean free = find(key).isEmpty();
    if (free) {
      put(key, value);
    }
    return free;
  }

  /** Whether there is a record, readable or not. */
  boolean has(String key) {
    return texts.containsKey(key);
  }

  /** Changes a record; empty where there is none. */
  Optional<T> amend(String key, UnaryOperator<T> change) {
    Optional<T> amended = find(key).map(change);
    amended.ifPresent(value -> put(key, value));
    return amended;
  }

  /** Drops a record, and says what it was. */
  Optional<T> take(String key) {
    Optional<T> known = find(key);
    remove(key);
    return known;
  }

  /** Drops every record from one key to another. */
  void removeAll(String from, String to) {
    keys(from, to).forEach(this::remove);
  }

  /** Drops a record; false where there was none. */
  boolean remove(String key) {
    return texts.remove(key) != null;
  }

  List<T> all() {
    return all(texts.cursor(null));
  }

  /** The records from one key to another, in the order of their keys. */
  List<T> all(String from, String to) {
    return all(texts.cursor(from, to, false));
  }

  private List<T> all(Cursor<String, String> cursor) {
    List<T> all = new ArrayList<>();
    while (cursor.hasNext()) {
      read(cursor.next(), cursor.getValue()).ifPresent(all::add);
    }
    return all;
  }

  int size() {
    return texts.size();
  }

  List<String> keys() {
    return new ArrayList<>(texts.keySet());
  }

  /** The keys from one to another, both included. */
  List<String> keys(String from, String to) {
    List<String> keys = new ArrayList<>();
    texts.cursor(from, to, false).forEachRemaining(keys::add);
    return keys;
  }

  /** The first key at or after this one; empty at the end. */
  Optional<String> keyFrom(String key) {
    return Optional.ofNullable(texts.ceilingKey(key));
  }

  private Optional<T> read(String key, String stored) {
    Optional<String> text = Seal.open(key, stored);
    if (text.isEmpty()) {
      countUndecodable();
    }
    return text.flatMap(known -> form.read(known, undecodable));
  }

  /** Counts a record that is taken for absent. */
  void countUndecodable() {
    undecodable.count(form.kind());
  }
}

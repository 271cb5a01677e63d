package dev.sluice.metadata.embedded;

import dev.sluice.metadata.record.RecordForm;
import dev.sluice.metadata.record.UndecodableRecords;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;

/** The records of one kind by key, in ASCII order of their keys. */
record RecordTable<T>(
    MVMap<String, String> texts, RecordForm<T> form, UndecodableRecords undecodable) {

  Optional<T> find(String key) {
    return Optional.ofNullable(texts.get(key)).flatMap(text -> form.read(text, undecodable));
  }

  /** Writes a record; one that would not change is not written again. */
  void put(String key, T value) {
    String earlier = texts.get(key);
    String text = earlier == null ? form.write(value) : form.rewrite(earlier, value);
    if (!text.equals(earlier)) {
      texts.put(key, text);
    }
  }

  /** Drops a record; false where there was none. */
  boolean remove(String key) {
    return texts.remove(key) != null;
  }

  List<T> all() {
    List<T> all = new ArrayList<>();
    for (Cursor<String, String> cursor = texts.cursor(null); cursor.hasNext(); ) {
      cursor.next();
      form.read(cursor.getValue(), undecodable).ifPresent(all::add);
    }
    return all;
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

  /** Counts a key that does not read as one; its record is taken for absent. */
  void countUnreadableKey() {
    undecodable.count(form.kind());
  }
}

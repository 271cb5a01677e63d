package dev.sluice.metadata.embedded;

import dev.sluice.metadata.record.RecordForm;
import dev.sluice.metadata.record.UndecodableRecords;
import java.util.Map;
import java.util.stream.Collectors;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;

/** The records of one file while it is open: a table for each kind that it holds. */
record OpenRecords(
    MVStore store, Map<String, MVMap<String, String>> maps, UndecodableRecords undecodable) {

  static OpenRecords of(MVStore store, Contents contents, UndecodableRecords undecodable) {
    Map<String, MVMap<String, String>> maps =
        contents.forms().stream()
            .collect(Collectors.toUnmodifiableMap(RecordForm::kind, form -> map(store, form)));
    return new OpenRecords(store, maps, undecodable);
  }

  <T> RecordTable<T> table(RecordForm<T> form) {
    return new RecordTable<>(maps.get(form.kind()), form, undecodable);
  }

  /**
   * Reads every page once, so that damage shows now and not in the middle of a pull.
   *
   * @throws MVStoreException where a page cannot be read, or keys are out of order: what is written
   *     between those would not be found again
   */
  void readThrough() {
    maps.values().forEach(OpenRecords::readThrough);
  }

  private static void readThrough(MVMap<String, String> map) {
    String before = "";
    for (Cursor<String, String> cursor = map.cursor(null); cursor.hasNext(); ) {
      String key = cursor.next();
      if (key.compareTo(before) <= 0) {
        throw DataUtils.newMVStoreException(DataUtils.ERROR_FILE_CORRUPT, "Keys out of order");
      }
      before = key;
    }
  }

  private static MVMap<String, String> map(MVStore store, RecordForm<?> form) {
    return store.openMap(
        form.kind(),
        new MVMap.Builder<String, String>()
            .keyType(new BoundedText())
            .valueType(new BoundedText()));
  }
}

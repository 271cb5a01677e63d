package dev.sluice.metadata.embedded;

import dev.sluice.metadata.record.RecordForm;
import dev.sluice.metadata.record.UndecodableRecords;
import java.util.Map;
import java.util.stream.Collectors;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;

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

  /** Reads every page once, so that damage shows now and not in the middle of a pull. */
  void readThrough() {
    maps.values().forEach(map -> map.cursor(null).forEachRemaining(_ -> {}));
  }

  private static MVMap<String, String> map(MVStore store, RecordForm<?> form) {
    return store.openMap(
        form.kind(),
        new MVMap.Builder<String, String>()
            .keyType(new BoundedText())
            .valueType(new BoundedText()));
  }
}

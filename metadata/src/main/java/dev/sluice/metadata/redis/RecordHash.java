package dev.sluice.metadata.redis;

import dev.sluice.metadata.record.RecordForm;
import java.util.function.BiPredicate;

/**
 * A hash of records of one kind: each a field with its text.
 *
 * @param belongs whether a record may lie under a field
 */
record RecordHash<T>(String key, RecordForm<T> form, BiPredicate<String, T> belongs) {}

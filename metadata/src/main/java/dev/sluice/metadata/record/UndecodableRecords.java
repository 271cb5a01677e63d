package dev.sluice.metadata.record;

/** Hears of stored records that could not be read and were taken for absent. */
@FunctionalInterface
public interface UndecodableRecords {

  /** Counts one record of a kind, such as {@code rule} or {@code tag}. */
  void count(String kind);
}

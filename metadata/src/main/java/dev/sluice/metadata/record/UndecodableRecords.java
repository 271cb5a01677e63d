package dev.sluice.metadata.record;

/** Hears of stored records that could not be read and were taken for absent. */
@FunctionalInterface
public interface UndecodableRecords {

  /** Counts one record of a kind: {@code rule}, {@code tag}, {@code image} or {@code member}. */
  void count(String kind);
}

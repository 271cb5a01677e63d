package dev.sluice.metadata.embedded;

import dev.sluice.metadata.record.RecordForm;
import java.util.List;

/**
 * What a file holds, and hence how long its changes must last (figures:
 * docs/decisions/0003-embedded-metadata.md).
 */
enum Contents {

  /**
   * What heals from upstream: names, and what upstream says of its limits. A change survives the
   * end of the process, by kill -9 too, but is not forced to the disk unless a person made it.
   * Freed space is used again at once: MVStore's own 45 s of grace, which are for power cuts, cost
   * 30 KB per change until they are over.
   */
  NAMES(
      "metadata.mv",
      0,
      "names heal from upstream as they are asked for; what repositories were set to is lost"),

  /** What nothing heals, and changes rarely. A change survives a power cut too. */
  RULES(
      "rules.mv",
      45_000,
      "rules and templates that were made through the API are lost and must be made again");

  private final String fileName;
  private final int graceMillis;
  private final String loss;

  Contents(String fileName, int graceMillis, String loss) {
    this.fileName = fileName;
    this.graceMillis = graceMillis;
    this.loss = loss;
  }

  /** Within the metadata's folder. */
  String fileName() {
    return fileName;
  }

  /** The kinds of records in the file. */
  List<RecordForm<?>> forms() {
    return switch (this) {
      case NAMES ->
          List.of(
              RecordForm.REPOSITORY,
              RecordForm.TAG,
              RecordForm.IMAGE,
              RecordForm.MEMBER,
              RecordForm.RATE_LIMIT);
      case RULES -> List.of(RecordForm.RULE, RecordForm.TEMPLATE);
    };
  }

  /** For how many milliseconds freed space is not written over. */
  int graceMillis() {
    return graceMillis;
  }

  /** Whether a change is forced to the disk before it counts as made. */
  boolean isForced() {
    return this == RULES;
  }

  /** What it means to the operator when the file is lost. */
  String loss() {
    return loss;
  }
}

package dev.sluice.storage;

/** How a fill ended. */
public sealed interface FillOutcome {

  /** The blob is stored, its size and digest verified. */
  record Filled(long bytes) implements FillOutcome {}

  /** The blob is not stored, and nothing of it was kept. */
  sealed interface Failed extends FillOutcome {
    /** What happened, in words for people; names no class and no file. */
    String reason();
  }

  /** The bytes were not what their name says. */
  record Wrong(String reason) implements Failed {}

  /** The bytes stopped coming. */
  record Broken(String reason) implements Failed {}

  /** This node could not write the bytes, however right they were. */
  record Unstored(String reason) implements Failed {}

  /**
   * This node could not keep the bytes, although all of them had come and were right: whoever
   * follows gets them to the end.
   */
  record Unkept(String reason) implements Failed {}
}

package dev.sluice.storage;

/** How a fill ended. */
public sealed interface FillOutcome {

  /** The blob is stored, its size and digest verified. */
  record Filled(long bytes) implements FillOutcome {}

  /** The bytes were not what their name says. Nothing was kept. */
  record Wrong(String reason) implements FillOutcome {}

  /** The bytes stopped coming, or could not be written. Nothing was kept. */
  record Broken(String reason) implements FillOutcome {}
}

package dev.sluice.fetcher;

/** What came of asking a rule's registry whether it can be pulled from. */
public sealed interface Validation {

  /** For people: what was found, and what to do where something is wrong. */
  String sentence();

  /** It can be pulled from; the sentence may name a reservation. */
  record Valid(String sentence) implements Validation {}

  /** It cannot, as things stand. */
  record Invalid(String sentence) implements Validation {}
}

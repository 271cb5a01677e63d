package dev.sluice.fetcher;

import java.util.List;

/** What became of a {@link WarmUpRequest}. */
public sealed interface WarmUpAnswer {

  /** It is under way. */
  record Begun(WarmUp warmUp) implements WarmUpAnswer {}

  /**
   * Nothing was begun.
   *
   * @param mistakes a sentence for each, of at most 100, and one more that counts the others
   */
  record Invalid(List<String> mistakes) implements WarmUpAnswer {
    /** Copies the list. */
    public Invalid {
      mistakes = List.copyOf(mistakes);
    }
  }

  /** Nothing was begun: {@value WarmUps#MOST_RUNNING} others are not done yet. */
  record TooMany() implements WarmUpAnswer {}
}

package dev.sluice.fetcher.upstream;

/**
 * How many questions may be asked a second time: one in ten, so that an upstream in trouble gets no
 * more than a tenth more of it (AWS Builders' Library, "Timeouts, retries, and backoff with
 * jitter"). Confined to one context.
 */
final class RetryBudget {

  private static final int QUESTIONS_PER_RETRY = 10;

  /** Saved up in quiet times for a bad moment. */
  private static final int MOST_SAVED = 10;

  private int earned = MOST_SAVED * QUESTIONS_PER_RETRY;

  /** A question is asked for the first time. */
  void earn() {
    earned = Math.min(earned + 1, MOST_SAVED * QUESTIONS_PER_RETRY);
  }

  /** Takes leave for one retry; false where none is left. */
  boolean spend() {
    if (earned < QUESTIONS_PER_RETRY) {
      return false;
    }
    earned -= QUESTIONS_PER_RETRY;
    return true;
  }
}

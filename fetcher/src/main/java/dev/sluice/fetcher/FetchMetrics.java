package dev.sluice.fetcher;

import dev.sluice.metadata.Account;
import dev.sluice.metadata.RateLimit;
import dev.sluice.storage.FillOutcome;
import java.time.Duration;

/** What a node counts while it fetches. Called from any thread. */
public interface FetchMetrics {

  /**
   * A request went to an upstream.
   *
   * @param rule its prefix
   * @param status the HTTP status, or 0 where none came
   */
  void upstreamRequest(String rule, int status);

  /** A question to an upstream is asked a second time. */
  void upstreamRetry(String rule);

  /** An upstream failed so often that it is not asked for a while, or that is over. */
  void upstreamSpared(String rule, boolean spared);

  /** What is known of an account's rate limit has changed. */
  void rateLimit(Account account, RateLimit limit);

  /** A fill began. */
  void fillStarted();

  /** A fill ended. */
  void fillEnded(FillOutcome outcome, Duration took);

  /** Counts nothing. */
  FetchMetrics NONE =
      new FetchMetrics() {
        @Override
        public void upstreamRequest(String rule, int status) {}

        @Override
        public void upstreamRetry(String rule) {}

        @Override
        public void upstreamSpared(String rule, boolean spared) {}

        @Override
        public void rateLimit(Account account, RateLimit limit) {}

        @Override
        public void fillStarted() {}

        @Override
        public void fillEnded(FillOutcome outcome, Duration took) {}
      };
}

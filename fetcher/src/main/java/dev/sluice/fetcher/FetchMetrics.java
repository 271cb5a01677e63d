package dev.sluice.fetcher;

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

  /**
   * An upstream sent other bytes than it was asked for.
   *
   * @param rule its prefix
   */
  void mismatch(String rule);

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
        public void mismatch(String rule) {}

        @Override
        public void fillStarted() {}

        @Override
        public void fillEnded(FillOutcome outcome, Duration took) {}
      };
}

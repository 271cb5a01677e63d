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
  default void upstreamRequest(String rule, int status) {}

  /**
   * The head of an upstream's answer came, redirects included, or is not waited for any more.
   *
   * @param rule its prefix
   */
  default void upstreamTook(String rule, Duration took) {}

  /**
   * A part of an upstream's body came.
   *
   * @param rule its prefix
   */
  default void upstreamBytes(String rule, long bytes) {}

  /** A question to an upstream is asked a second time. */
  default void upstreamRetry(String rule) {}

  /** An upstream failed so often that it is not asked for a while, or that is over. */
  default void upstreamSpared(String rule, boolean spared) {}

  /**
   * An upstream gave nothing, for a reason that is not told again within the minute.
   *
   * @param rule its prefix
   */
  default void upstreamTrouble(String rule, UpstreamTrouble trouble) {}

  /** What is known of an account's rate limit has changed. */
  default void rateLimit(Account account, RateLimit limit) {}

  /**
   * An upstream sent other bytes than it was asked for.
   *
   * @param rule its prefix
   */
  default void mismatch(String rule) {}

  /** A fill began. */
  default void fillStarted() {}

  /** A fill ended. */
  default void fillEnded(FillOutcome outcome, Duration took) {}

  /** Blobs were dropped that no image listed any more. */
  default void swept(int blobs, long bytes) {}

  /** So many manifests were found missing whose images are still pulled; they are fetched again. */
  default void manifestsLost(int count) {}

  /**
   * Images more are waited for in warm-ups, or fewer.
   *
   * @param change below 0 for fewer
   */
  default void warmUpsWaiting(int change) {}

  /**
   * An image of a warm-up is here, or was given up.
   *
   * @param isDone whether it is here
   */
  default void warmUpEnded(boolean isDone) {}

  /** Counts nothing. */
  FetchMetrics NONE = new FetchMetrics() {};
}

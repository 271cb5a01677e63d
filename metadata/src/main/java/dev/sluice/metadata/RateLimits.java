package dev.sluice.metadata;

import io.vertx.core.Future;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The rate limits of upstreams, shared by every node. */
public interface RateLimits {

  /** How many accounts are kept; of more, those that were heard of longest ago are dropped. */
  int MOST_ACCOUNTS = 10_000;

  /** What is known of an account; empty where nothing is, or its record cannot be read. */
  Future<Optional<RateLimit>> find(Account account);

  /**
   * Changes what is known of an account, as one step whoever else does so at the same time.
   *
   * @param change of what is known, {@link RateLimit#UNKNOWN} at first; may be called again
   * @return what is known now
   */
  Future<RateLimit> amend(Account account, UnaryOperator<RateLimit> change);

  /** Every account that is kept. */
  Future<Map<Account, RateLimit>> all();
}

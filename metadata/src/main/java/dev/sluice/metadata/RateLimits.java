package dev.sluice.metadata;

import io.vertx.core.Future;
import java.util.Map;
import java.util.Optional;

/** The rate limits of upstreams, shared by every node. */
public interface RateLimits {

  /** How many accounts are kept; of more, those that were heard of longest ago are dropped. */
  int MOST_ACCOUNTS = 10_000;

  /** What is known of an account; empty where nothing is, or its record cannot be read. */
  Future<Optional<RateLimit>> find(Account account);

  /** Notes what is known of an account now. */
  Future<Void> note(Account account, RateLimit limit);

  /** Every account that is kept. */
  Future<Map<Account, RateLimit>> all();
}

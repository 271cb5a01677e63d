package dev.sluice.metadata.shared;

import dev.sluice.metadata.Account;
import dev.sluice.metadata.Metadata;
import dev.sluice.metadata.RateLimit;
import io.vertx.core.Future;
import java.util.Optional;

/** Where an account's rate limit is. */
record LimitPlace(Account account) implements Place<RateLimit> {

  @Override
  public Account subject() {
    return account;
  }

  @Override
  public Future<Optional<RateLimit>> in(Metadata metadata) {
    return metadata.rateLimits().find(account);
  }

  @Override
  public Future<?> put(Metadata copy, RateLimit told) {
    return copy.rateLimits().amend(account, _ -> told);
  }

  /** What the copy still knows of it does no harm, and goes when there are too many. */
  @Override
  public Future<?> drop(Metadata copy) {
    return Future.succeededFuture();
  }
}

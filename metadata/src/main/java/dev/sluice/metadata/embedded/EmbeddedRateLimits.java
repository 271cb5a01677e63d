package dev.sluice.metadata.embedded;

import static dev.sluice.metadata.record.RecordForm.RATE_LIMIT;

import dev.sluice.metadata.Account;
import dev.sluice.metadata.RateLimit;
import dev.sluice.metadata.RateLimits;
import dev.sluice.metadata.record.RecordName;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Rate limits, each under its account. */
final class EmbeddedRateLimits implements RateLimits {

  /** Dropped at once when there are too many, so that the search for the eldest pays. */
  private static final int DROPPED_AT_ONCE = MOST_ACCOUNTS / 10;

  private final RecordFile file;

  EmbeddedRateLimits(RecordFile file) {
    this.file = file;
  }

  @Override
  public Future<Optional<RateLimit>> find(Account account) {
    return RecordName.of(account)
        .map(key -> file.read(records -> records.table(RATE_LIMIT).find(key)))
        .orElseGet(() -> Future.succeededFuture(Optional.empty()));
  }

  @Override
  public Future<RateLimit> amend(Account account, UnaryOperator<RateLimit> change) {
    return RecordName.of(account)
        .map(key -> amend(key, change))
        .orElseGet(() -> Future.failedFuture(new IllegalArgumentException("not an upstream")));
  }

  private Future<RateLimit> amend(String key, UnaryOperator<RateLimit> change) {
    return file.change(
        records -> {
          RecordTable<RateLimit> limits = records.table(RATE_LIMIT);
          RateLimit amended = change.apply(limits.find(key).orElse(RateLimit.UNKNOWN));
          limits.put(key, amended);
          if (limits.size() > MOST_ACCOUNTS) {
            dropEldest(limits, key);
          }
          return amended;
        });
  }

  @Override
  public Future<Map<Account, RateLimit>> all() {
    return file.read(records -> all(records.table(RATE_LIMIT)));
  }

  private static Map<Account, RateLimit> all(RecordTable<RateLimit> limits) {
    Map<Account, RateLimit> all = new HashMap<>();
    for (String key : limits.keys()) {
      limits
          .find(key)
          .ifPresent(
              limit ->
                  RecordName.account(key)
                      .ifPresentOrElse(
                          account -> all.put(account, limit), limits::countUndecodable));
    }
    return all;
  }

  private static void dropEldest(RecordTable<RateLimit> limits, String butNot) {
    Map<String, Instant> lastHeardOf = new HashMap<>();
    for (String key : limits.keys()) {
      lastHeardOf.put(key, limits.find(key).map(RateLimit::latest).orElse(Instant.MIN));
    }
    lastHeardOf.remove(butNot);
    lastHeardOf.entrySet().stream()
        .sorted(Map.Entry.comparingByValue())
        .limit(DROPPED_AT_ONCE)
        .forEach(eldest -> limits.remove(eldest.getKey()));
  }
}

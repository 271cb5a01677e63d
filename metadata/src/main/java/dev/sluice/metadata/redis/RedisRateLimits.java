package dev.sluice.metadata.redis;

import dev.sluice.metadata.Account;
import dev.sluice.metadata.RateLimit;
import dev.sluice.metadata.RateLimits;
import dev.sluice.metadata.record.RecordName;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.UnaryOperator;

/** Rate limits, each under its account. */
final class RedisRateLimits implements RateLimits {

  /** Dropped at once when there are too many, so that the search for the eldest pays. */
  private static final int DROPPED_AT_ONCE = MOST_ACCOUNTS / 10;

  private final Records records;
  private final RecordHash<RateLimit> hash;

  RedisRateLimits(Records records, Keys keys) {
    this.records = records;
    this.hash = keys.rateLimits();
  }

  @Override
  public Future<Optional<RateLimit>> find(Account account) {
    return RecordName.of(account)
        .map(field -> records.value(hash, field))
        .orElseGet(() -> Future.succeededFuture(Optional.empty()));
  }

  @Override
  public Future<RateLimit> amend(Account account, UnaryOperator<RateLimit> change) {
    return RecordName.of(account)
        .map(field -> amend(field, change))
        .orElseGet(() -> Future.failedFuture(new IllegalArgumentException("not an upstream")));
  }

  private Future<RateLimit> amend(String field, UnaryOperator<RateLimit> change) {
    return new Amendments(records)
        .put(
            hash,
            field,
            known -> Optional.of(change.apply(known.value().orElse(RateLimit.UNKNOWN))),
            step -> step)
        .map(Optional::orElseThrow)
        .compose(amended -> makeRoom(field).map(amended));
  }

  private Future<Void> makeRoom(String butNot) {
    return records
        .link()
        .send(Request.cmd(Command.HLEN).arg(hash.key()))
        .compose(
            size ->
                size.toLong() <= MOST_ACCOUNTS
                    ? Future.succeededFuture()
                    : dropEldest(butNot).mapEmpty());
  }

  private Future<Boolean> dropEldest(String butNot) {
    return Future.all(records.fields(hash), records.all(hash))
        .compose(
            both -> {
              List<String> fields = both.resultAt(0);
              SortedMap<String, RateLimit> limits = both.resultAt(1);
              Set<String> unreadable = new HashSet<>(fields);
              unreadable.removeAll(limits.keySet());
              unreadable.remove(butNot);
              limits.remove(butNot);
              Change change = new Change();
              unreadable.forEach(field -> change.drop(hash, field));
              limits.entrySet().stream()
                  .sorted(
                      (one, other) -> one.getValue().latest().compareTo(other.getValue().latest()))
                  .limit(DROPPED_AT_ONCE)
                  .forEach(eldest -> change.drop(hash, eldest.getKey()));
              return change.make(records.link());
            });
  }

  @Override
  public Future<Map<Account, RateLimit>> all() {
    return records.all(hash).map(this::byAccount);
  }

  private Map<Account, RateLimit> byAccount(SortedMap<String, RateLimit> limits) {
    Map<Account, RateLimit> all = new HashMap<>();
    limits.forEach(
        (field, limit) ->
            RecordName.account(field)
                .ifPresentOrElse(
                    account -> all.put(account, limit), () -> records.countUndecodable(hash)));
    return all;
  }
}

package dev.sluice.fetcher.upstream;

import dev.sluice.fetcher.FetchMetrics;
import dev.sluice.metadata.Account;
import dev.sluice.metadata.RateLimit;
import dev.sluice.metadata.RateLimits;
import dev.sluice.metadata.Rule;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What every account may still ask of its registry. Everything that goes out asks here first, and
 * tells here what it heard; what is known is in metadata, so that all nodes share it. Confined to
 * one context.
 */
final class RateLedger {

  private final RateLimits limits;
  private final Clock clock;
  private final FetchMetrics metrics;
  private final Map<Account, Standing> standings = new HashMap<>();
  private long turns;

  RateLedger(RateLimits limits, Clock clock, FetchMetrics metrics) {
    this.limits = limits;
    this.clock = clock;
    this.metrics = metrics;
  }

  /** Whether a question may go out, and as whom. */
  sealed interface Leave {

    /** It may, with this account, which must be given {@link #back}. */
    record Granted(Account account) implements Leave {}

    /** It may not, for so long. */
    record Withheld(String reason, Duration until) implements Leave {}
  }

  /** Leave to ask; of the accounts that may, the one whose turn was longest ago goes. */
  Leave leave(Rule rule, Question question, Purpose purpose) {
    Leave leave = ask(rule, question, purpose);
    if (leave instanceof Leave.Granted(var account)) {
      Standing standing = standings.get(account);
      standing.lastTurn = ++turns;
      standing.pullsOut += question.countsAsPull() ? 1 : 0;
    }
    return leave;
  }

  /** Whether leave would be withheld now: {@link #leave} without taking it. */
  boolean withholds(Rule rule, Question question, Purpose purpose) {
    return ask(rule, question, purpose) instanceof Leave.Withheld;
  }

  private Leave ask(Rule rule, Question question, Purpose purpose) {
    List<Account> accounts = accounts(rule);
    accounts.forEach(this::refresh);
    Optional<Leave.Withheld> shortest = Optional.empty();
    for (Account account : accounts) {
      Optional<Leave.Withheld> obstacle = obstacle(account, rule, question, purpose);
      if (obstacle.isEmpty()) {
        return new Leave.Granted(account);
      }
      if (shortest.isEmpty() || obstacle.get().until.compareTo(shortest.get().until) < 0) {
        shortest = obstacle;
      }
    }
    return shortest.orElseThrow();
  }

  /** A rule's accounts, whose turn was longest ago first. */
  private List<Account> accounts(Rule rule) {
    if (rule.credentials().isEmpty()) {
      return List.of(new Account(rule.upstream(), Optional.empty()));
    }
    return rule.credentials().stream()
        .map(name -> new Account(rule.upstream(), Optional.of(name)))
        .sorted(Comparator.comparingLong(account -> standing(account).lastTurn))
        .toList();
  }

  private Optional<Leave.Withheld> obstacle(
      Account account, Rule rule, Question question, Purpose purpose) {
    Standing standing = standing(account);
    Instant now = clock.instant();
    Duration barred = standing.barred(question, now);
    if (!barred.isZero()) {
      return Optional.of(new Leave.Withheld("it limits the rate of requests", barred));
    }
    int reserve = rule.policies().limits().reservePercent();
    Duration kept =
        purpose.rank() == Purpose.Rank.PULL ? Duration.ZERO : standing.keptForPeople(reserve, now);
    return kept.isZero()
        ? Optional.empty()
        : Optional.of(new Leave.Withheld("the last pulls it allows are kept for people", kept));
  }

  private Standing standing(Account account) {
    return standings.computeIfAbsent(account, unseen -> new Standing());
  }

  /** What was last known counts on where metadata cannot be asked. */
  private void refresh(Account account) {
    Standing standing = standing(account);
    standing.known =
        limits
            .find(account)
            .map(kept -> kept.orElse(standing.known))
            .otherwise(unreachable -> standing.known)
            .await();
  }

  /** An account's question has come back, whatever came of it. */
  void back(Account account, Question question) {
    standing(account).pullsOut -= question.countsAsPull() ? 1 : 0;
  }

  /**
   * Takes note of what an answer says.
   *
   * @return how long the same must not be asked again with this account
   */
  Duration heard(Account account, RateReading reading) {
    Standing standing = standing(account);
    Instant now = clock.instant();
    note(account, reading.after(standing.known, now, ThreadLocalRandom.current()));
    return standing.barred(reading.question(), now);
  }

  /** Bars an account from everything: its token service does not want to be asked. */
  void bar(Account account, Duration pause) {
    RateLimit known = standing(account).known;
    Instant until = clock.instant().plus(pause);
    note(account, new RateLimit(known.allowance(), known.pullsFrom(), until, known.refusals()));
  }

  private void note(Account account, RateLimit limit) {
    Standing standing = standing(account);
    if (!limit.equals(standing.known)) {
      standing.known = limit;
      // What cannot be written down still holds on this node.
      limits.note(account, limit).otherwiseEmpty().await();
      metrics.rateLimit(account, limit);
    }
  }
}

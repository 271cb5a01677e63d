package dev.sluice.fetcher.upstream;

import dev.sluice.fetcher.FetchMetrics;
import dev.sluice.metadata.Account;
import dev.sluice.metadata.RateLimit;
import dev.sluice.metadata.RateLimits;
import dev.sluice.metadata.Rule;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.UnaryOperator;

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
      return List.of(new Account(rule.registry(), Optional.empty()));
    }
    return rule.credentials().stream()
        .map(name -> new Account(rule.registry(), Optional.of(name)))
        .sorted(
            Comparator.comparing((Account account) -> standing(account).rests(clock.instant()))
                .thenComparingLong(account -> standing(account).lastTurn))
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
    Duration kept = purpose == Purpose.PULL ? Duration.ZERO : standing.keptForPeople(reserve, now);
    return kept.isZero()
        ? Optional.empty()
        : Optional.of(new Leave.Withheld("the last pulls it allows are kept for people", kept));
  }

  private Standing standing(Account account) {
    return standings.computeIfAbsent(account, unseen -> new Standing());
  }

  /** What was last known counts on where metadata cannot be asked. */
  private void refresh(Account account) {
    RateLimit before = standing(account).known;
    learn(
        account,
        limits
            .find(account)
            .map(kept -> kept.orElse(before))
            .otherwise(unreachable -> before)
            .await());
  }

  /** The credential of an account is of no use now; others go first for a while. */
  void rest(Account account) {
    standing(account).rest(clock.instant());
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
    Instant now = clock.instant();
    amend(account, known -> reading.after(known, now, ThreadLocalRandom.current()));
    return standing(account).barred(reading.question(), now);
  }

  /** Bars an account from everything: its token service does not want to be asked. */
  void bar(Account account, Duration pause) {
    Instant until = clock.instant().plus(pause);
    amend(
        account,
        known ->
            new RateLimit(
                known.allowance(),
                known.pullsFrom(),
                Collections.max(List.of(known.requestsFrom(), until)),
                known.refusals()));
  }

  private void amend(Account account, UnaryOperator<RateLimit> change) {
    RateLimit before = standing(account).known;
    RateLimit after = change.apply(before);
    if (!after.equals(before)) {
      // What cannot be written down still holds on this node.
      learn(account, limits.amend(account, change).otherwise(after).await());
    }
  }

  private void learn(Account account, RateLimit now) {
    Standing standing = standing(account);
    if (!now.equals(standing.known)) {
      standing.known = now;
      metrics.rateLimit(account, now);
    }
  }
}

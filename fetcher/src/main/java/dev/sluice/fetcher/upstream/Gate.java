package dev.sluice.fetcher.upstream;

import dev.sluice.fetcher.FetchMetrics;
import dev.sluice.fetcher.upstream.RateLedger.Leave;
import dev.sluice.fetcher.upstream.UpstreamAnswer.BadLogin;
import dev.sluice.fetcher.upstream.UpstreamAnswer.Down;
import dev.sluice.fetcher.upstream.UpstreamAnswer.Limited;
import dev.sluice.fetcher.upstream.UpstreamAnswer.Unasked;
import dev.sluice.metadata.Account;
import dev.sluice.metadata.Rule;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * What every question passes on its way to one upstream: is it up, is it our turn, who may ask; and
 * when it went wrong on the way, may it be asked once more. Confined to one context.
 */
final class Gate {

  private static final Backoff PAUSE = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(2));

  private final Vertx vertx;
  private final Rule rule;
  private final RateLedger ledger;
  private final FetchMetrics metrics;
  private final Breaker breaker;
  private final Pace pace;
  private final Silence silence;
  private final Worries worries;
  private final RetryBudget retries = new RetryBudget();
  private String lastFailure = "";

  Gate(Rule rule, Surroundings around, RateLedger ledger, Pace pace) {
    this.vertx = around.vertx();
    this.rule = rule;
    this.ledger = ledger;
    this.metrics = around.metrics();
    this.breaker = new Breaker(around.clock());
    this.silence = new Silence(around.clock());
    this.pace = pace;
    this.worries = new Worries(rule, around);
    metrics.upstreamSpared(rule.prefix(), false);
  }

  /**
   * Asks, as the manners towards this upstream allow.
   *
   * @param attempt asks once, with the account that it is given
   */
  <T> UpstreamAnswer<T> ask(
      Question question, Purpose purpose, Function<Account, UpstreamAnswer<T>> attempt) {
    UpstreamAnswer<T> answer = withSomeAccount(question, purpose, attempt);
    if (!(answer instanceof Down<T> down)
        || !down.mayPass()
        || breaker.isOpen()
        || !retries.spend()) {
      return answer;
    }
    metrics.upstreamRetry(rule.prefix());
    Duration pause = PAUSE.pause(1, ThreadLocalRandom.current());
    vertx.timer(pause.toMillis() + 1, TimeUnit.MILLISECONDS).await();
    return withSomeAccount(question, purpose, attempt);
  }

  /** One account's limit may be used up when another's is not. */
  private <T> UpstreamAnswer<T> withSomeAccount(
      Question question, Purpose purpose, Function<Account, UpstreamAnswer<T>> attempt) {
    UpstreamAnswer<T> answer = inTurn(question, purpose, attempt);
    for (int i = 1; i < rule.credentials().size() && mayDoWithAnother(answer); i++) {
      answer = inTurn(question, purpose, attempt);
    }
    return answer;
  }

  private static boolean mayDoWithAnother(UpstreamAnswer<?> answer) {
    return answer instanceof Limited || answer instanceof BadLogin;
  }

  private <T> UpstreamAnswer<T> inTurn(
      Question question, Purpose purpose, Function<Account, UpstreamAnswer<T>> attempt) {
    if (!breaker.untilProbe(question).isZero()) {
      return spared();
    }
    // Who may not ask anyway does not stand in line for it.
    if (!ledger.withholds(rule, question, purpose) && !pace.waitForTurn(purpose)) {
      return new Unasked<>(crowded());
    }
    return switch (ledger.leave(rule, question, purpose)) {
      case Leave.Withheld(var reason, var until) -> new Limited<>(reason, until);
      case Leave.Granted(var account) -> {
        try {
          yield breaker.lets(question) ? once(question, account, attempt) : spared();
        } finally {
          ledger.back(account, question);
        }
      }
    };
  }

  private <T> UpstreamAnswer<T> once(
      Question question, Account account, Function<Account, UpstreamAnswer<T>> attempt) {
    retries.earn();
    silence.asked();
    boolean spoke = false;
    try {
      UpstreamAnswer<T> answer = attempt.apply(account);
      worries.hear(answer);
      spoke = heard(question, account, answer);
      return answer;
    } finally {
      silence.ended(spoke);
    }
  }

  /** Draws the conclusions from an answer; whether it was upstream's. */
  private boolean heard(Question question, Account account, UpstreamAnswer<?> answer) {
    return switch (answer) {
      case Down<?>(var kind, var reason, _) -> {
        lastFailure = reason;
        boolean failing = kind == Down.Kind.FAILING;
        tell(() -> failed(question, failing));
        yield failing;
      }
      case Unasked<?> _ -> false;
      case BadLogin<?> _ -> {
        ledger.rest(account);
        yield false;
      }
      default -> {
        tell(() -> breaker.answered(question));
        yield true;
      }
    };
  }

  private void failed(Question question, boolean failing) {
    if (failing) {
      breaker.failed(question);
    } else {
      breaker.failed();
    }
  }

  private void tell(Runnable news) {
    boolean wasOpen = breaker.isOpen();
    news.run();
    if (wasOpen != breaker.isOpen()) {
      metrics.upstreamSpared(rule.prefix(), breaker.isOpen());
    }
  }

  private <T> UpstreamAnswer<T> spared() {
    return new Unasked<>(sparedBecause(), breaker.untilProbe());
  }

  private String sparedBecause() {
    return "it failed several times in a row and is asked again in "
        + Math.max(1, breaker.untilProbe().toSeconds())
        + " s; the last time, "
        + lastFailure;
  }

  /**
   * Why no answer to a question that is asked now may be hoped for within this time; empty where
   * one may.
   */
  Optional<String> hindrance(Purpose purpose, Duration within) {
    if (breaker.isOpen()) {
      return Optional.of(sparedBecause());
    }
    if (silence.lasts().compareTo(within) >= 0) {
      return Optional.of(
          "it has left every question unanswered for " + silence.lasts().toSeconds() + " s");
    }
    return pace.waitFor(purpose).compareTo(within) < 0 ? Optional.empty() : Optional.of(crowded());
  }

  private String crowded() {
    return "many questions wait for it already, and it is asked at most "
        + rule.policies().limits().requestsPerSecond()
        + " times a second";
  }
}

package dev.sluice.gateway.console;

import dev.sluice.fetcher.FetchMetrics;
import dev.sluice.fetcher.UpstreamTrouble;
import dev.sluice.metadata.Account;
import dev.sluice.metadata.RateLimit;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What this node has heard of the upstreams since its start. */
public final class UpstreamNews implements FetchMetrics {

  private static final int MOST_TROUBLES = 50;

  private static final int SERVER_ERROR = 500;
  private static final int TOO_MANY = 429;

  private final Clock clock;
  private final Map<String, Heard> byRule = new ConcurrentHashMap<>();
  private final Map<Account, LimitTrend> limits = new ConcurrentHashMap<>();
  private final Deque<Trouble> troubles = new ArrayDeque<>();
  private final LongAdder bytes = new LongAdder();

  /** What was heard of the upstream of one rule. */
  static final class Heard {
    final LongAdder requests = new LongAdder();
    final LongAdder failures = new LongAdder();
    volatile boolean isSpared;
    volatile boolean isFailing;
    volatile Optional<String> reason = Optional.empty();

    /** In a word; it fails where it failed the last time that it was asked. */
    String state() {
      return isSpared ? "spared" : isFailing ? "failing" : "answering";
    }
  }

  /** Something that went wrong, and when. */
  record Trouble(Instant at, String rule, UpstreamTrouble what) {}

  public UpstreamNews(Clock clock) {
    this.clock = clock;
  }

  @Override
  public void upstreamRequest(String rule, int status) {
    Heard heard = heard(rule);
    boolean isFailure = status == 0 || status >= SERVER_ERROR;
    heard.requests.increment();
    heard.isFailing = isFailure;
    if (isFailure || status == TOO_MANY) {
      heard.failures.increment();
    }
  }

  @Override
  public void upstreamSpared(String rule, boolean spared) {
    heard(rule).isSpared = spared;
  }

  @Override
  public void upstreamBytes(String rule, long more) {
    bytes.add(more);
  }

  @Override
  public void upstreamTrouble(String rule, UpstreamTrouble trouble) {
    heard(rule).reason = Optional.of(trouble.reason());
    synchronized (troubles) {
      troubles.addFirst(new Trouble(clock.instant(), rule, trouble));
      if (troubles.size() > MOST_TROUBLES) {
        troubles.removeLast();
      }
    }
  }

  @Override
  public void rateLimit(Account account, RateLimit limit) {
    limits.computeIfAbsent(account, _ -> new LimitTrend()).set(limit);
  }

  private Heard heard(String rule) {
    return byRule.computeIfAbsent(rule, _ -> new Heard());
  }

  /** What was heard of a rule's upstream; empty where it was never asked. */
  Optional<Heard> of(String rule) {
    return Optional.ofNullable(byRule.get(rule));
  }

  /** The last troubles, the newest first. */
  List<Trouble> troubles() {
    synchronized (troubles) {
      return List.copyOf(troubles);
    }
  }

  /** How each account stands that was heard of. */
  Map<Account, LimitTrend> limits() {
    return limits;
  }

  /** Bytes of bodies that came from upstreams. */
  long bytes() {
    return bytes.sum();
  }
}

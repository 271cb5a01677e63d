package dev.sluice.deploy;

import dev.sluice.fetcher.FetchMetrics;
import dev.sluice.fetcher.UpstreamTrouble;
import dev.sluice.gateway.console.UpstreamNews;
import dev.sluice.metadata.Account;
import dev.sluice.metadata.RateLimit;
import dev.sluice.storage.FillOutcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** What goes out, and what comes in. No label is ever what a client sent. */
final class FetchMeters implements FetchMetrics {

  private final MeterRegistry registry;
  private final AtomicInteger fillsUnderWay = new AtomicInteger();
  private final Map<String, AtomicInteger> spared = new ConcurrentHashMap<>();
  private final RateMeters rates;
  private final UpstreamNews news;
  private final Counter filledBytes;
  private final AtomicInteger warmUpsWaiting = new AtomicInteger();

  FetchMeters(MeterRegistry registry, Clock clock) {
    this.registry = registry;
    this.rates = new RateMeters(registry, clock);
    this.news = new UpstreamNews(clock);
    Gauge.builder("sluice.fills.under.way", fillsUnderWay, AtomicInteger::get)
        .description("Fills that have begun and not ended")
        .register(registry);
    Gauge.builder("sluice.warmup.images.waiting", warmUpsWaiting, AtomicInteger::get)
        .description("Images of warm-ups that are neither here nor given up")
        .register(registry);
    filledBytes =
        Counter.builder("sluice.fill.bytes")
            .description("Bytes of blobs that were brought in and found right")
            .baseUnit("bytes")
            .register(registry);
  }

  /** What was heard of the upstreams, for the console. */
  UpstreamNews news() {
    return news;
  }

  @Override
  public void upstreamTrouble(String rule, UpstreamTrouble trouble) {
    news.upstreamTrouble(rule, trouble);
  }

  @Override
  public void upstreamBytes(String rule, long bytes) {
    news.upstreamBytes(rule, bytes);
  }

  @Override
  public void upstreamRequest(String rule, int status) {
    news.upstreamRequest(rule, status);
    Counter.builder("sluice.upstream.requests")
        .description("Requests to upstreams; code 0 where no answer came")
        .tag("rule", rule)
        .tag("code", Integer.toString(status))
        .register(registry)
        .increment();
  }

  @Override
  public void upstreamRetry(String rule) {
    Counter.builder("sluice.upstream.retries")
        .description("Questions to upstreams that were asked a second time")
        .tag("rule", rule)
        .register(registry)
        .increment();
  }

  @Override
  public void upstreamSpared(String rule, boolean isSpared) {
    news.upstreamSpared(rule, isSpared);
    spared.computeIfAbsent(rule, this::sparedGauge).set(isSpared ? 1 : 0);
  }

  private AtomicInteger sparedGauge(String rule) {
    AtomicInteger state = new AtomicInteger();
    Gauge.builder("sluice.upstream.spared", state, AtomicInteger::get)
        .description("1 while an upstream that failed is asked by a probe now and then only")
        .tag("rule", rule)
        .register(registry);
    return state;
  }

  @Override
  public void rateLimit(Account account, RateLimit limit) {
    news.rateLimit(account, limit);
    rates.set(account, limit);
  }

  @Override
  public void warmUpsWaiting(int change) {
    warmUpsWaiting.addAndGet(change);
  }

  @Override
  public void warmUpEnded(boolean isDone) {
    Counter.builder("sluice.warmup.images")
        .description("Images of warm-ups that were brought in, or given up")
        .tag("outcome", isDone ? "done" : "failed")
        .register(registry)
        .increment();
  }

  @Override
  public void mismatch(String rule) {
    Counter.builder("sluice.upstream.mismatches")
        .description("Blobs of which an upstream sent other bytes than their digest or size says")
        .tag("rule", rule)
        .register(registry)
        .increment();
  }

  @Override
  public void fillStarted() {
    fillsUnderWay.incrementAndGet();
  }

  @Override
  public void fillEnded(FillOutcome outcome, Duration took) {
    fillsUnderWay.decrementAndGet();
    String word =
        switch (outcome) {
          case FillOutcome.Filled(var bytes) -> {
            filledBytes.increment((double) bytes);
            yield "filled";
          }
          case FillOutcome.Wrong _ -> "wrong";
          case FillOutcome.Broken _ -> "broken";
          case FillOutcome.Unstored _ -> "unstored";
          case FillOutcome.Unkept _ -> "unkept";
        };
    Timer.builder("sluice.fills")
        .description("Blobs brought in from upstreams, by how that ended")
        .tag("outcome", word)
        .register(registry)
        .record(took);
  }
}

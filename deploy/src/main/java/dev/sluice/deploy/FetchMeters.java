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
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** What goes out, and what comes in. No label is ever what a client sent. */
final class FetchMeters implements FetchMetrics {

  private final MeterRegistry registry;
  private final Map<String, UpstreamMeters> upstreams = new ConcurrentHashMap<>();
  private final RateMeters rates;
  private final FillMeters fills;
  private final UpstreamNews news;
  private final AtomicInteger warmUpsWaiting = new AtomicInteger();
  private final Counter warmedUp;
  private final Counter warmUpFailed;
  private final Counter sweptBlobs;
  private final Counter sweptBytes;
  private final Counter manifestsLost;

  FetchMeters(MeterRegistry registry, Clock clock) {
    this.registry = registry;
    this.rates = new RateMeters(registry, clock);
    this.fills = new FillMeters(registry);
    this.news = new UpstreamNews(clock);
    Gauge.builder("sluice.warmup.images.waiting", warmUpsWaiting, AtomicInteger::get)
        .description("Images of warm-ups that are neither here nor given up")
        .register(registry);
    warmedUp = warmUps("done");
    warmUpFailed = warmUps("failed");
    sweptBlobs = counter("sluice.swept.blobs", "Blobs that no image listed any more, dropped");
    sweptBytes = counter("sluice.swept.bytes", "Bytes of these");
    manifestsLost =
        counter("sluice.manifests.lost", "Manifests that were missing though they are pulled");
  }

  private Counter warmUps(String outcome) {
    return Counter.builder("sluice.warmup.images")
        .description("Images of warm-ups that were brought in, or given up")
        .tag("outcome", outcome)
        .register(registry);
  }

  private Counter counter(String name, String what) {
    return Counter.builder(name).description(what).register(registry);
  }

  /** How blobs are brought in. */
  FillMeters fills() {
    return fills;
  }

  private UpstreamMeters of(String rule) {
    return upstreams.computeIfAbsent(rule, prefix -> new UpstreamMeters(registry, prefix));
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
  public void upstreamTook(String rule, Duration took) {
    of(rule).took.record(took);
  }

  @Override
  public void upstreamBytes(String rule, long bytes) {
    news.upstreamBytes(rule, bytes);
    of(rule).bytes.increment((double) bytes);
  }

  @Override
  public void upstreamRetry(String rule) {
    of(rule).retries.increment();
  }

  @Override
  public void upstreamSpared(String rule, boolean isSpared) {
    news.upstreamSpared(rule, isSpared);
    of(rule).spared(isSpared);
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
    (isDone ? warmedUp : warmUpFailed).increment();
  }

  @Override
  public void mismatch(String rule) {
    of(rule).mismatches.increment();
  }

  @Override
  public void swept(int blobs, long bytes) {
    sweptBlobs.increment(blobs);
    sweptBytes.increment((double) bytes);
  }

  @Override
  public void manifestsLost(int count) {
    manifestsLost.increment(count);
  }

  @Override
  public void fillStarted() {
    fills.started();
  }

  @Override
  public void fillEnded(FillOutcome outcome, Duration took) {
    fills.ended(outcome, took);
  }
}

package dev.sluice.deploy;

import dev.sluice.fetcher.FetchMetrics;
import dev.sluice.gateway.GatewayMetrics;
import dev.sluice.storage.FillOutcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** What a node counts, as Prometheus reads it. No label is ever what a client sent. */
final class NodeMetrics implements GatewayMetrics, FetchMetrics {

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Map<Answer, Answered> answered = new ConcurrentHashMap<>();
  private final AtomicInteger fillsUnderWay = new AtomicInteger();
  private final Counter filledBytes =
      Counter.builder("sluice.fill.bytes")
          .description("Bytes of blobs that were brought in and found right")
          .baseUnit("bytes")
          .register(registry);

  /**
   * The meters of one kind of answer are looked up once: a look-up by tags costs more than them.
   */
  private record Answer(String operation, int status, String cache) {}

  private record Answered(Timer requests, Counter bytes) {}

  NodeMetrics() {
    Gauge.builder("sluice.fills.under.way", fillsUnderWay, AtomicInteger::get)
        .description("Fills that have begun and not ended")
        .register(registry);
    new JvmMemoryMetrics().bindTo(registry);
  }

  /** The text that Prometheus scrapes. */
  String scrape() {
    return registry.scrape();
  }

  @Override
  public void requestEnded(String operation, int status, String cache, long bytes, Duration took) {
    Answered meters =
        answered.computeIfAbsent(new Answer(operation, status, cache), this::metersOf);
    meters.requests.record(took);
    meters.bytes.increment((double) bytes);
  }

  private Answered metersOf(Answer answer) {
    String[] tags = {
      "operation", answer.operation, "code", Integer.toString(answer.status), "cache", answer.cache
    };
    return new Answered(
        Timer.builder("sluice.requests")
            .description("Requests of clients, from their head to the end of the answer")
            .tags(tags)
            .register(registry),
        Counter.builder("sluice.sent.bytes")
            .description("Bytes of bodies that were sent to clients")
            .baseUnit("bytes")
            .tags(tags)
            .register(registry));
  }

  void undecodableRecord(String kind) {
    Counter.builder("sluice.metadata.undecodable")
        .description("Records of metadata that could not be read and counted as missing")
        .tag("kind", kind)
        .register(registry)
        .increment();
  }

  @Override
  public void upstreamRequest(String rule, int status) {
    Counter.builder("sluice.upstream.requests")
        .description("Requests to upstreams; code 0 where no answer came")
        .tag("rule", rule)
        .tag("code", Integer.toString(status))
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
        };
    Timer.builder("sluice.fills")
        .description("Blobs brought in from upstreams, by how that ended")
        .tag("outcome", word)
        .register(registry)
        .record(took);
  }
}

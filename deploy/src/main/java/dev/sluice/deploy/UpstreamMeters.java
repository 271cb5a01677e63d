package dev.sluice.deploy;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** What one rule's upstream is asked, and how it answers. All of it is there from the start. */
final class UpstreamMeters {

  private static final Duration[] BUCKETS = {
    Duration.ofMillis(20),
    Duration.ofMillis(100),
    Duration.ofMillis(300),
    Duration.ofSeconds(1),
    Duration.ofSeconds(3),
    Duration.ofSeconds(10)
  };

  private final AtomicInteger spared = new AtomicInteger();
  final Timer took;
  final Counter bytes;
  final Counter retries;
  final Counter mismatches;

  /**
   * @param rule its prefix, which an operator chose
   */
  UpstreamMeters(MeterRegistry registry, String rule) {
    Gauge.builder("sluice.upstream.spared", spared, AtomicInteger::get)
        .description("1 while an upstream that failed is asked by a probe now and then only")
        .tag("rule", rule)
        .register(registry);
    took =
        Timer.builder("sluice.upstream.duration")
            .description("From a request to an upstream to the head of its answer")
            .serviceLevelObjectives(BUCKETS)
            .tag("rule", rule)
            .register(registry);
    bytes =
        counter("received", "Bytes of bodies that upstreams sent")
            .baseUnit("bytes")
            .tag("rule", rule)
            .register(registry);
    retries =
        counter("retries", "Questions to upstreams that were asked a second time")
            .tag("rule", rule)
            .register(registry);
    mismatches =
        counter(
                "mismatches",
                "Blobs of which an upstream sent other bytes than their digest or size says")
            .tag("rule", rule)
            .register(registry);
  }

  private static Counter.Builder counter(String name, String what) {
    return Counter.builder("sluice.upstream." + name).description(what);
  }

  void spared(boolean isSpared) {
    spared.set(isSpared ? 1 : 0);
  }
}

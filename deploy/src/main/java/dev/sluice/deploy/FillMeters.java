package dev.sluice.deploy;

import dev.sluice.storage.FillOutcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleSupplier;

/** Blobs that are brought in, from upstreams and from other nodes. */
final class FillMeters {

  private static final Duration[] BUCKETS = {
    Duration.ofMillis(100),
    Duration.ofMillis(500),
    Duration.ofSeconds(2),
    Duration.ofSeconds(10),
    Duration.ofMinutes(1),
    Duration.ofMinutes(5),
    Duration.ofMinutes(30)
  };

  private final MeterRegistry registry;
  private final AtomicInteger underWay = new AtomicInteger();
  private final Counter bytes;
  private final Timer filled;
  private final Timer wrong;
  private final Timer broken;
  private final Timer unstored;
  private final Timer unkept;

  FillMeters(MeterRegistry registry) {
    this.registry = registry;
    gauge("under.way", "Fills that have begun and not ended", underWay::get);
    bytes =
        Counter.builder("sluice.fill.bytes")
            .description("Bytes of blobs that were brought in and found right")
            .baseUnit("bytes")
            .register(registry);
    filled = timer("filled");
    wrong = timer("wrong");
    broken = timer("broken");
    unstored = timer("unstored");
    unkept = timer("unkept");
  }

  private Timer timer(String outcome) {
    return Timer.builder("sluice.fill.duration")
        .description("Blobs brought in from upstreams and other nodes, by how that ended")
        .serviceLevelObjectives(BUCKETS)
        .tag("outcome", outcome)
        .register(registry);
  }

  /** Shows who waits for fills, and the fill that has not moved for the longest. */
  void watch(DoubleSupplier waiters, DoubleSupplier stillSeconds) {
    gauge("waiters", "Answers that wait for bytes of blobs that are being brought in", waiters);
    gauge(
        "still.seconds",
        "For how long the fill that has been still the longest has not gained a byte",
        stillSeconds);
  }

  private void gauge(String name, String what, DoubleSupplier value) {
    Gauge.builder("sluice.fills." + name, value, DoubleSupplier::getAsDouble)
        .description(what)
        // The registry would not keep it from being collected.
        .strongReference(true)
        .register(registry);
  }

  void started() {
    underWay.incrementAndGet();
  }

  void ended(FillOutcome outcome, Duration took) {
    underWay.decrementAndGet();
    switch (outcome) {
      case FillOutcome.Filled(var length) -> {
        bytes.increment((double) length);
        filled.record(took);
      }
      case FillOutcome.Wrong _ -> wrong.record(took);
      case FillOutcome.Broken _ -> broken.record(took);
      case FillOutcome.Unstored _ -> unstored.record(took);
      case FillOutcome.Unkept _ -> unkept.record(took);
    }
  }
}

package dev.sluice.deploy;

import dev.sluice.deploy.cluster.BusWatch;
import dev.sluice.deploy.cluster.Standing;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** How this node stands with the others, as Prometheus reads it. */
final class ClusterMeters implements BusWatch {

  private static final Duration[] BUCKETS = {
    Duration.ofMillis(1),
    Duration.ofMillis(5),
    Duration.ofMillis(20),
    Duration.ofMillis(100),
    Duration.ofMillis(500)
  };

  private final MeterRegistry registry;
  private final EventLoops loops;
  private final Timer answered;
  private final Counter missed;

  ClusterMeters(MeterRegistry registry, EventLoops loops) {
    this.registry = registry;
    this.loops = loops;
    answered =
        Timer.builder("sluice.cluster.ping.duration")
            .description("From a ping over the event bus to its answer, there and back twice")
            .serviceLevelObjectives(BUCKETS)
            .register(registry);
    missed =
        Counter.builder("sluice.cluster.pings.missed")
            .description("Pings over the event bus that were not answered")
            .register(registry);
  }

  void watch(Company company) {
    Supplier<Standing> standing = company::standing;
    gauge("members", "Nodes in the cluster, this one among them", standing, Standing::members);
    gauge("answering", "Other nodes that answer this one", standing, Standing::answering);
    gauge(
        "bus.ok",
        "1 unless other nodes are there and none of them has answered for long",
        standing,
        now -> now.isBusWell() ? 1 : 0);
    counter(
        "cluster.stays",
        "How often this node has joined the cluster since its start",
        company,
        with -> with.standing().stays());
    counter(
        "peer.sent.bytes",
        "Bytes of blobs that were sent to other nodes",
        company,
        Company::sentBytes);
    counter(
        "peer.received.bytes",
        "Bytes of blobs that came from other nodes",
        company,
        Company::receivedBytes);
  }

  private void gauge(
      String name, String what, Supplier<Standing> standing, ToDoubleFunction<Standing> value) {
    Gauge.builder("sluice.cluster." + name, standing, now -> value.applyAsDouble(now.get()))
        .description(what)
        // The registry would not keep it from being collected.
        .strongReference(true)
        .register(registry);
  }

  /** The company lives as long as the node. */
  private void counter(String name, String what, Company company, ToDoubleFunction<Company> value) {
    FunctionCounter.builder("sluice." + name, company, value).description(what).register(registry);
  }

  @Override
  public void begun(Vertx bus, BooleanSupplier isOver) {
    loops.watch(bus, 1, "bus", isOver);
  }

  @Override
  public void answered(Duration took) {
    answered.record(took);
  }

  @Override
  public void missed() {
    missed.increment();
  }
}

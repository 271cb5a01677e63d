package dev.sluice.deploy;

import dev.sluice.deploy.cluster.Standing;
import dev.sluice.gateway.GatewayMetrics;
import dev.sluice.gateway.Pull;
import dev.sluice.gateway.console.Activity;
import dev.sluice.metadata.shared.AuthorityHealth;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** What a node counts, as Prometheus reads it. No label is ever what a client sent. */
final class NodeMetrics implements GatewayMetrics {

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Map<Answer, Answered> answered = new ConcurrentHashMap<>();
  private final FetchMeters fetching;
  private final Activity activity = new Activity();

  /**
   * The meters of one kind of answer are looked up once: a look-up by tags costs more than them.
   */
  private record Answer(String operation, int status, String cache) {}

  private record Answered(Timer requests, Counter bytes) {}

  NodeMetrics(Clock clock) {
    fetching = new FetchMeters(registry, clock);
    new JvmMemoryMetrics().bindTo(registry);
  }

  /** Counts what the fetcher does. */
  FetchMeters fetching() {
    return fetching;
  }

  /** The last pulls, and their sums, for the console. */
  Activity activity() {
    return activity;
  }

  /** Counts how the metadata that nodes share is reached. */
  AuthorityHealth authority() {
    return new AuthorityMeters(registry);
  }

  /** Shows how blobs stand on the disk. */
  StorageMeters storage() {
    return new StorageMeters(registry);
  }

  /** Shows how the node stands with its cluster. */
  void watch(Supplier<Standing> standing) {
    gauge(
        "sluice.cluster.members",
        "Nodes in the cluster, this one among them",
        standing,
        Standing::members);
    gauge(
        "sluice.cluster.answering",
        "Other nodes that answer this one",
        standing,
        Standing::answering);
    gauge(
        "sluice.cluster.stays",
        "How often this node has joined the cluster since its start",
        standing,
        Standing::stays);
  }

  private void gauge(
      String name, String what, Supplier<Standing> standing, ToDoubleFunction<Standing> value) {
    Gauge.builder(name, standing, now -> value.applyAsDouble(now.get()))
        .description(what)
        // The registry would not keep it from being collected.
        .strongReference(true)
        .register(registry);
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

  @Override
  public void pullEnded(Pull pull) {
    activity.ended(pull);
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
}

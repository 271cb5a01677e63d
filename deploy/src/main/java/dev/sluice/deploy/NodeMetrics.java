package dev.sluice.deploy;

import dev.sluice.gateway.GatewayMetrics;
import dev.sluice.gateway.Pull;
import dev.sluice.gateway.console.Activity;
import dev.sluice.metadata.shared.AuthorityHealth;
import io.micrometer.core.instrument.Counter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** What a node counts, as Prometheus reads it. No label is ever what a client sent. */
final class NodeMetrics implements GatewayMetrics {

  private static final List<String> KINDS_OF_RECORDS =
      List.of("rule", "template", "repository", "tag", "image", "member", "ratelimit");

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final RequestMeters requests = new RequestMeters(registry);
  private final EventLoops loops = new EventLoops(registry);
  private final FetchMeters fetching;
  private final Activity activity = new Activity();

  NodeMetrics(Clock clock) {
    fetching = new FetchMeters(registry, clock);
    MachineMeters.register(registry);
    KINDS_OF_RECORDS.forEach(this::undecodable);
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
  ClusterMeters cluster() {
    return new ClusterMeters(registry, loops);
  }

  /** Watches event loops. */
  EventLoops loops() {
    return loops;
  }

  /** Shows what the checks of the node's health say. */
  void watch(Health health) {
    HealthMeters.register(registry, health);
  }

  /** The text that Prometheus scrapes. */
  String scrape() {
    return registry.scrape();
  }

  @Override
  public void requestEnded(String operation, int status, String cache, long bytes, Duration took) {
    requests.ended(operation, status, cache, bytes, took);
  }

  @Override
  public void pullEnded(Pull pull) {
    activity.ended(pull);
  }

  void undecodableRecord(String kind) {
    undecodable(kind).increment();
  }

  private Counter undecodable(String kind) {
    return Counter.builder("sluice.metadata.undecodable")
        .description("Records of metadata that could not be read and counted as missing")
        .tag("kind", kind)
        .register(registry);
  }
}

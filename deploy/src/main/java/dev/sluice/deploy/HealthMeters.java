package dev.sluice.deploy;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** What the checks of a node's health say, as Prometheus reads it. */
final class HealthMeters {

  private HealthMeters() {}

  static void register(MeterRegistry registry, Health health) {
    Gauge.builder("sluice.ready", health, now -> Health.isReady(now.checks()) ? 1 : 0)
        .description("1 while clients may be sent to this node, as /health/ready says")
        .strongReference(true)
        .register(registry);
    // Which checks there are does not change while a node runs.
    health.checks().forEach(check -> register(registry, health, check.name()));
  }

  private static void register(MeterRegistry registry, Health health, String name) {
    Gauge.builder("sluice.health.ok", health, now -> value(now, name))
        .description("1 where a check of /health/ready finds nothing wrong")
        .tag("check", name)
        .strongReference(true)
        .register(registry);
  }

  private static double value(Health health, String name) {
    return health.checks().stream().anyMatch(check -> check.name().equals(name) && check.ok())
        ? 1
        : 0;
  }
}

package dev.sluice.deploy;

import dev.sluice.metadata.shared.AuthorityHealth;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicInteger;

/** How the metadata that nodes share is reached, as Prometheus reads it. */
final class AuthorityMeters implements AuthorityHealth {

  private final Counter failures;
  private final Counter dropped;
  private final Counter restored;
  private final AtomicInteger spared = new AtomicInteger();
  private final AtomicInteger waiting = new AtomicInteger();

  AuthorityMeters(MeterRegistry registry) {
    failures = counter(registry, "failures", "Questions to the shared metadata that failed");
    dropped = counter(registry, "dropped", "Writes that the shared metadata will not hear of");
    restored = counter(registry, "restored", "Entries put back into emptied shared metadata");
    Gauge.builder("sluice.metadata.spared", spared, AtomicInteger::get)
        .description("1 while this node answers from its own copy of the metadata")
        .register(registry);
    Gauge.builder("sluice.metadata.waiting", waiting, AtomicInteger::get)
        .description("Writes that wait for the shared metadata")
        .register(registry);
  }

  private static Counter counter(MeterRegistry registry, String name, String what) {
    return Counter.builder("sluice.metadata." + name).description(what).register(registry);
  }

  @Override
  public void failed() {
    failures.increment();
  }

  @Override
  public void spared(boolean isSpared) {
    spared.set(isSpared ? 1 : 0);
  }

  @Override
  public void waiting(int writes) {
    waiting.set(writes);
  }

  @Override
  public void dropped() {
    dropped.increment();
  }

  @Override
  public void restored() {
    restored.increment();
  }
}

package dev.sluice.deploy;

import dev.sluice.metadata.Account;
import dev.sluice.metadata.Allowance;
import dev.sluice.metadata.RateLimit;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ToDoubleFunction;

/** How each account stands with its registry. */
final class RateMeters {

  private final MeterRegistry registry;
  private final Clock clock;
  private final Map<Account, AtomicReference<RateLimit>> states = new ConcurrentHashMap<>();

  RateMeters(MeterRegistry registry, Clock clock) {
    this.registry = registry;
    this.clock = clock;
  }

  /** What is known of an account now. */
  void set(Account account, RateLimit limit) {
    states.computeIfAbsent(account, first -> register(first, limit)).set(limit);
  }

  private AtomicReference<RateLimit> register(Account account, RateLimit limit) {
    AtomicReference<RateLimit> state = new AtomicReference<>(limit);
    gauge(
        "pulls.limit", "Pulls that the registry allows", account, state, allowed(Allowance::limit));
    gauge("pulls.remaining", "Of these, left", account, state, allowed(Allowance::remaining));
    gauge(
        "pulls.barred.seconds",
        "For how long no manifest may be asked for",
        account,
        state,
        known -> secondsUntil(known.pullsFrom()));
    gauge(
        "requests.barred.seconds",
        "For how long nothing may be asked",
        account,
        state,
        known -> secondsUntil(known.requestsFrom()));
    return state;
  }

  private void gauge(
      String name,
      String description,
      Account account,
      AtomicReference<RateLimit> state,
      ToDoubleFunction<RateLimit> figure) {
    Gauge.builder("sluice.upstream." + name, state, now -> figure.applyAsDouble(now.get()))
        .description(description)
        .tag("upstream", account.upstream())
        .tag("credential", account.credential().orElse(""))
        .register(registry);
  }

  /** Absent while the registry says nothing, as most do. */
  private static ToDoubleFunction<RateLimit> allowed(ToDoubleFunction<Allowance> figure) {
    return known -> known.allowance().map(figure::applyAsDouble).orElse(Double.NaN);
  }

  private double secondsUntil(Instant from) {
    return Math.max(0, Duration.between(clock.instant(), from).toMillis() / 1000.0);
  }
}

package dev.sluice.fetcher.upstream;

import dev.sluice.fetcher.FetchMetrics;
import dev.sluice.metadata.RateLimits;
import dev.sluice.metadata.Rule;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The registries that the rules name, each with a client of its own. Confined to one context. */
public final class Upstreams implements AutoCloseable {

  private final Surroundings around;
  private final RateLedger ledger;
  private final Map<Rule, Upstream> byRule = new HashMap<>();

  /** What a node goes out with. */
  public record Setup(
      AddressGuard guard,
      Resolver resolver,
      Credentials credentials,
      Deadlines deadlines,
      RateLimits limits) {}

  /** Nothing is connected to before it is asked. */
  public Upstreams(Vertx vertx, Clock clock, Setup setup, FetchMetrics metrics) {
    this.ledger = new RateLedger(setup.limits(), clock, metrics);
    // What an earlier process noted counts from the start, and is seen from the start.
    setup.limits().all().onSuccess(kept -> kept.forEach(metrics::rateLimit));
    this.around = new Surroundings(vertx, clock, setup, metrics);
  }

  /** The registry of a rule. */
  public Upstream of(Rule rule) {
    return byRule.computeIfAbsent(rule, this::open);
  }

  /**
   * Why nothing would ever connect to the registry of a rule; empty where something may, or where
   * its name cannot be looked up just now. Answers within 2 s; may be called from any thread.
   */
  public Future<Optional<String>> objection(Rule rule) {
    return Reach.objection(rule.address(), around.setup());
  }

  private Upstream open(Rule rule) {
    int perSecond = rule.policies().limits().requestsPerSecond();
    Pace pace = new Pace(around.vertx(), System::nanoTime, perSecond);
    return new Upstream(
        new RegistryClient(rule, around, ledger, pace), new Gate(rule, around, ledger, pace));
  }

  @Override
  public void close() {
    byRule.values().forEach(Upstream::close);
    byRule.clear();
  }
}

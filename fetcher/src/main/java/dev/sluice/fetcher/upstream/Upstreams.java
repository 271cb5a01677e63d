package dev.sluice.fetcher.upstream;

import dev.sluice.fetcher.FetchMetrics;
import dev.sluice.metadata.RateLimits;
import dev.sluice.metadata.Rule;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** The registries that the rules name, each with a client of its own. Confined to one context. */
public final class Upstreams implements AutoCloseable {

  private final Surroundings around;
  private final RateLedger ledger;
  private final Map<Rule, Upstream> byRule = new HashMap<>();

  /** Nobody's, until the rules in force are told. */
  private Predicate<Rule> isOutOfForce = rule -> false;

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

  /**
   * The registry of a rule. One that is out of force has it too, for what goes on under it, until
   * another is opened.
   */
  public Upstream of(Rule rule) {
    Upstream known = byRule.get(rule);
    if (known != null) {
      return known;
    }
    retire(isOutOfForce);
    Upstream opened = open(rule);
    byRule.put(rule, opened);
    return opened;
  }

  /** From now on only these rules are in force. Answers that are under way come to their end. */
  public void keepOnly(Collection<Rule> inForce) {
    Set<Rule> kept = Set.copyOf(inForce);
    isOutOfForce = rule -> !kept.contains(rule);
    retire(isOutOfForce);
  }

  private void retire(Predicate<Rule> which) {
    for (Rule rule : byRule.keySet().stream().filter(which).toList()) {
      byRule.remove(rule).retire();
    }
  }

  /** How many registries have a client here. */
  int size() {
    return byRule.size();
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

package dev.sluice.fetcher.upstream;

import dev.sluice.fetcher.FetchMetrics;
import dev.sluice.fetcher.Journey;
import dev.sluice.metadata.RateLimits;
import dev.sluice.metadata.Rule;
import dev.sluice.metadata.RuleTable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** The registries that the rules name, each with a client of its own. Confined to one context. */
public final class Upstreams implements AutoCloseable {

  private final Surroundings around;
  private final RateLedger ledger;
  private final Map<Rule, Upstream> byRule = new HashMap<>();
  private final Set<RegistryClient> clients = new HashSet<>();

  /** Empty until they are told: then every rule is in force. */
  private Supplier<Optional<RuleTable>> rules = Optional::empty;

  private Optional<RuleTable> inForce = Optional.empty();

  /**
   * What a node goes out with.
   *
   * @param pseudonym by which it, or its cluster, knows its own questions again
   */
  public record Setup(
      AddressGuard guard,
      Resolver resolver,
      Credentials credentials,
      Deadlines deadlines,
      RateLimits limits,
      String pseudonym) {}

  /** Those of a node on its own. */
  public Upstreams(Vertx vertx, Clock clock, Setup setup, FetchMetrics metrics) {
    this(new Surroundings(vertx, clock, setup, metrics, Sharing.NONE));
  }

  /** Those that other nodes ask too. */
  public static Upstreams shared(
      Vertx vertx, Clock clock, Setup setup, FetchMetrics metrics, Sharing sharing) {
    return new Upstreams(new Surroundings(vertx, clock, setup, metrics, sharing));
  }

  /** Nothing is connected to before it is asked. */
  private Upstreams(Surroundings around) {
    Setup setup = around.setup();
    FetchMetrics metrics = around.metrics();
    Clock clock = around.clock();
    this.ledger = new RateLedger(setup.limits(), clock, metrics);
    // What an earlier process noted counts from the start, and is seen from the start.
    setup.limits().all().onSuccess(kept -> kept.forEach(metrics::rateLimit));
    this.around = around;
  }

  /**
   * The registry of a rule, as the rule is now where its policies were changed; one whose rule is
   * not in force answers no new question.
   */
  public Upstream of(Rule rule) {
    heed();
    Rule now = asInForce(rule).orElse(rule);
    Upstream known = byRule.get(now);
    if (known != null) {
      return known;
    }
    Upstream opened = open(now);
    if (allows(now)) {
      byRule.put(now, opened);
    } else {
      opened.retire();
    }
    return opened;
  }

  /** From now on only the rules of this table are in force; it is read before every question. */
  public void keepTo(Supplier<RuleTable> table) {
    rules = () -> Optional.of(table.get());
    heed();
  }

  /** Reads which rules are in force, and lets go of the registries of all others. */
  public void heed() {
    Optional<RuleTable> now = rules.get();
    if (!now.equals(inForce)) {
      inForce = now;
      for (Rule rule : List.copyOf(byRule.keySet())) {
        if (!asInForce(rule).equals(Optional.of(rule))) {
          byRule.remove(rule).retire();
          // Nobody would ever say that it is not spared any more.
          around.metrics().upstreamSpared(rule.prefix(), false);
        }
      }
    }
  }

  /** Whether a rule is in force, be it with other policies. */
  boolean allows(Rule rule) {
    heed();
    return asInForce(rule).isPresent();
  }

  /** Whether the request that is answered here was caused by a question from here. */
  public boolean isCircle() {
    return Journey.current().via().isCircle(around.setup().pseudonym());
  }

  private Optional<Rule> asInForce(Rule rule) {
    return inForce.isEmpty()
        ? Optional.of(rule)
        : inForce.get().rules().stream()
            .filter(now -> now.with(rule.policies()).equals(rule))
            .findFirst();
  }

  /** How many clients are not closed. */
  int size() {
    return clients.size();
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
    Pace pace = new Pace(around.vertx(), System::nanoTime, perSecond, around.sharing()::nodes);
    RegistryClient client = new RegistryClient(rule, around, ledger, pace);
    clients.add(client);
    return new Upstream(client, new Gate(rule, around, ledger, pace), this, rule);
  }

  /** A rule is out of force, and nothing that began under it goes on. */
  void ended(RegistryClient client) {
    if (clients.remove(client)) {
      client.retire();
    }
  }

  @Override
  public void close() {
    clients.forEach(RegistryClient::close);
    clients.clear();
    byRule.clear();
  }
}

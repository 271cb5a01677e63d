package dev.sluice.deploy;

import dev.sluice.deploy.config.Config;
import dev.sluice.deploy.config.RuleConfig;
import dev.sluice.fetcher.Validation;
import dev.sluice.fetcher.upstream.Upstreams;
import dev.sluice.metadata.Account;
import dev.sluice.metadata.RateLimit;
import dev.sluice.metadata.RateLimits;
import dev.sluice.metadata.Rule;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;

/** Asks the registries of a configuration whether they can be pulled from; no node is needed. */
final class UpstreamCheck {

  private UpstreamCheck() {}

  /** What was found for each rule, in the order of the file; all are asked at the same time. */
  static Map<Rule, Validation> of(Config config) {
    Vertx vertx = Vertx.vertx();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Map<Rule, CompletableFuture<Validation>> asked = new LinkedHashMap<>();
      for (RuleConfig rule : config.rules()) {
        asked.put(
            rule.rule(),
            CompletableFuture.supplyAsync(() -> ask(rule.rule(), config, vertx), threads));
      }
      Map<Rule, Validation> found = new LinkedHashMap<>();
      asked.forEach((rule, answer) -> found.put(rule, answer.join()));
      return found;
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }

  /** Each with a client of its own, which is confined to its thread. */
  private static Validation ask(Rule rule, Config config, Vertx vertx) {
    Upstreams.Setup outside =
        Outside.of(
            config,
            new Unkept(),
            port -> port == config.listen().port() || port == config.management().port());
    Clock clock = Clock.systemUTC();
    try (Upstreams upstreams =
        new Upstreams(vertx, clock, outside, new NodeMetrics(clock).fetching())) {
      return upstreams.of(rule).validate();
    }
  }

  /** What a registry says of its limits is for the nodes, which hear of it themselves. */
  record Unkept() implements RateLimits {
    @Override
    public Future<Optional<RateLimit>> find(Account account) {
      return Future.succeededFuture(Optional.empty());
    }

    @Override
    public Future<RateLimit> amend(Account account, UnaryOperator<RateLimit> change) {
      return Future.succeededFuture(change.apply(RateLimit.UNKNOWN));
    }

    @Override
    public Future<Map<Account, RateLimit>> all() {
      return Future.succeededFuture(Map.of());
    }
  }
}

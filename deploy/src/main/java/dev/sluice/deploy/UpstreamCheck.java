package dev.sluice.deploy;

import dev.sluice.deploy.config.Config;
import dev.sluice.deploy.config.RuleConfig;
import dev.sluice.fetcher.Validation;
import dev.sluice.fetcher.upstream.Upstreams;
import dev.sluice.metadata.Rule;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Asks the registries of a configuration whether they can be pulled from; no node is needed. */
final class UpstreamCheck {

  private UpstreamCheck() {}

  /** What was found for each rule, in the order of the file; all are asked at the same time. */
  static Map<Rule, Validation> of(Config config) {
    Vertx vertx = Vertx.vertx();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Map<Rule, Future<Validation>> asked = new LinkedHashMap<>();
      for (RuleConfig rule : config.rules()) {
        asked.put(rule.rule(), threads.submit(() -> ask(rule.rule(), config, vertx)));
      }
      Map<Rule, Validation> found = new LinkedHashMap<>();
      asked.forEach((rule, answer) -> found.put(rule, taken(answer)));
      return found;
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }

  /** Each with a client of its own, which is confined to its thread. */
  private static Validation ask(Rule rule, Config config, Vertx vertx) {
    Upstreams.Setup outside =
        Outside.of(
            config, port -> port == config.listen().port() || port == config.management().port());
    try (Upstreams upstreams =
        new Upstreams(vertx, Clock.systemUTC(), outside, new NodeMetrics())) {
      return upstreams.of(rule).validate();
    }
  }

  private static Validation taken(Future<Validation> answer) {
    try {
      return answer.get();
    } catch (ExecutionException bug) {
      throw new IllegalStateException(bug.getCause());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return new Validation.Invalid("The question was interrupted.");
    }
  }
}

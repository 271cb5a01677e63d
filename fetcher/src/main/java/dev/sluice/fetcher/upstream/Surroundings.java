package dev.sluice.fetcher.upstream;

import dev.sluice.fetcher.FetchMetrics;
import dev.sluice.metadata.Rule;
import io.vertx.core.Vertx;
import java.time.Clock;

/** What the clients of all upstreams share. */
record Surroundings(
    Vertx vertx, Clock clock, Upstreams.Setup setup, FetchMetrics metrics, Sharing sharing) {

  /**
   * @param rule whose upstream is asked through it
   */
  UpstreamHttp http(Rule rule, int connections) {
    return new UpstreamHttp(
        vertx,
        setup.guard(),
        setup.resolver(),
        setup.deadlines(),
        new UpstreamHttp.Use(connections, bytes -> metrics.upstreamBytes(rule.prefix(), bytes)));
  }
}

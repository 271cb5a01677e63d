package dev.sluice.fetcher.upstream;

import dev.sluice.fetcher.FetchMetrics;
import io.vertx.core.Vertx;
import java.time.Clock;

/** What the clients of all upstreams share. */
record Surroundings(
    Vertx vertx, Clock clock, Upstreams.Setup setup, FetchMetrics metrics, Sharing sharing) {

  UpstreamHttp http(int connections) {
    return new UpstreamHttp(vertx, setup.guard(), setup.resolver(), setup.deadlines(), connections);
  }
}

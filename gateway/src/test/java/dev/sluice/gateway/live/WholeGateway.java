package dev.sluice.gateway.live;

import static dev.sluice.fetcher.pull.Answers.await;

import dev.sluice.fetcher.fake.FakeRegistry;
import dev.sluice.fetcher.pull.Bench;
import dev.sluice.fetcher.pull.BenchOptions;
import dev.sluice.gateway.GatewayVerticle;
import dev.sluice.gateway.registry.AnswerMemory;
import dev.sluice.gateway.registry.RegistryEdge;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** A gateway over a real fetcher, with a fake registry as the upstream of the rule {@code up}. */
public final class WholeGateway implements AutoCloseable {

  private final Bench bench;
  private final GatewayVerticle verticle;

  /** Listens when this returns, and lets everybody in. */
  public WholeGateway(Path folder) {
    bench = new Bench(folder, BenchOptions.plain());
    AnswerMemory memory = new AnswerMemory();
    bench.changes.tell(memory);
    var parts =
        new RegistryEdge.Parts(
            bench.fetcher,
            bench.blobs,
            memory,
            LiveGateway.OPEN,
            bench.clock,
            new CountedRequests(),
            false);
    verticle = new GatewayVerticle("127.0.0.1", 0, new RegistryEdge(parts)::handle);
    await(bench.vertx.deployVerticle(verticle));
  }

  /** The upstream. */
  public FakeRegistry upstream() {
    return bench.registry;
  }

  /** Moves the clock of gateway and fetcher on. */
  public void advance(Duration time) {
    bench.clock.advance(time);
  }

  /** One request on a connection of its own. */
  public Reply ask(String method, String target, String... headers) throws IOException {
    try (Wire wire = new Wire(verticle.port())) {
      return wire.ask(method, target, headers);
    }
  }

  @Override
  public void close() {
    bench.close();
  }
}

package dev.sluice.gateway.live;

import static dev.sluice.fetcher.pull.Answers.await;

import dev.sluice.fetcher.fake.FakeRegistry;
import dev.sluice.fetcher.pull.Bench;
import dev.sluice.fetcher.pull.BenchOptions;
import dev.sluice.gateway.GatewayVerticle;
import dev.sluice.gateway.access.PullAccess;
import dev.sluice.gateway.registry.AnswerMemory;
import dev.sluice.gateway.registry.Redirects;
import dev.sluice.gateway.registry.RegistryEdge;
import dev.sluice.metadata.Rule;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A gateway over a real fetcher, with a fake registry as the upstream of the rule {@code up}. */
public final class WholeGateway implements AutoCloseable {

  private final Bench bench;
  private final GatewayVerticle verticle;

  /** Listens when this returns, and lets everybody in. */
  public WholeGateway(Path folder) {
    this(folder, Doors.OPEN);
  }

  /** Listens when this returns. */
  public WholeGateway(Path folder, PullAccess access) {
    bench = new Bench(folder, BenchOptions.plain());
    AnswerMemory memory = new AnswerMemory();
    bench.changes.tell(memory);
    var parts =
        new RegistryEdge.Parts(
            bench.fetcher,
            bench.blobs,
            memory,
            access,
            bench.clock,
            new CountedRequests(),
            Redirects.NONE,
            RegistryEdge.Telling.NOTHING);
    verticle = new GatewayVerticle("127.0.0.1", 0, new RegistryEdge(parts)::handle);
    await(bench.vertx.deployVerticle(verticle));
  }

  /** The upstream. */
  public FakeRegistry upstream() {
    return bench.registry;
  }

  /** Puts a rule for each of these prefixes into force; upstream has the same names as we. */
  public void rules(String... prefixes) {
    bench.use(Arrays.stream(prefixes).map(this::rule).toArray(Rule[]::new));
  }

  /** Puts a rule for this prefix into force alone, that leads to another registry. */
  public void leadTo(String prefix, URI registry) {
    bench.use(rule(prefix, Optional.of(registry)));
  }

  /** Where it is, as an upstream. */
  public URI url() {
    return URI.create("http://127.0.0.1:" + verticle.port());
  }

  private Rule rule(String prefix) {
    return rule(prefix, bench.rule(prefix, Bench.POLICIES).endpoint());
  }

  private static Rule rule(String prefix, Optional<URI> endpoint) {
    return new Rule(
        prefix,
        "registry.example",
        Optional.of(prefix),
        endpoint,
        List.of(),
        List.of(),
        Bench.POLICIES);
  }

  /** Opens a connection. */
  public Wire connect() throws IOException {
    return new Wire(verticle.port());
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

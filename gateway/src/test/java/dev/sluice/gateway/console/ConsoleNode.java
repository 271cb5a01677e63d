package dev.sluice.gateway.console;

import static dev.sluice.gateway.live.LiveGateway.await;

import dev.sluice.gateway.GatewayMetrics;
import dev.sluice.gateway.GatewayVerticle;
import dev.sluice.gateway.Pull;
import dev.sluice.gateway.access.AdminAccess;
import dev.sluice.gateway.access.PullAccess;
import dev.sluice.gateway.ecr.EcrEdge;
import dev.sluice.gateway.ecr.Registry;
import dev.sluice.gateway.ecr.live.OperationBench;
import dev.sluice.gateway.live.CountedRequests;
import dev.sluice.gateway.live.Doors;
import dev.sluice.gateway.registry.AnswerMemory;
import dev.sluice.gateway.registry.Redirects;
import dev.sluice.gateway.registry.RegistryEdge;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.time.Duration;

/** The public port of a {@link LiveConsole}: registry, console and pages. */
final class ConsoleNode implements AutoCloseable {

  final ConsoleEdge edge;

  private final Vertx vertx = Vertx.vertx();
  private final Pages pages = Pages.open();
  private final GatewayVerticle verticle = new GatewayVerticle("127.0.0.1", 0, this::answer);
  private final RegistryEdge registry;

  ConsoleNode(LiveConsole console, URI publicUrl) {
    var operator = console.operator;
    var pulls = PullAccess.of(operator.clock, operator, Doors.except(_ -> true), publicUrl);
    var ecr =
        new EcrEdge(
            new EcrEdge.Parts(
                operator,
                OperationBench.REGISTRY,
                console.bench.operations,
                operator.clock,
                new CountedRequests(),
                true));
    Decisions decisions = new Decisions();
    Registry names = new Registry("123456789012", "us-east-1", publicUrl);
    edge =
        new ConsoleEdge(
            new ConsoleEdge.Parts(
                vertx,
                operator.clock,
                new AdminAccess(pulls, () -> console.namesNobody, console.sessions),
                names,
                console.gathering,
                desk(console, names, decisions),
                ecr,
                new CountedRequests(),
                true));
    registry = new RegistryEdge(parts(console, pulls));
    var deciding = new DeploymentOptions().setThreadingModel(ThreadingModel.VIRTUAL_THREAD);
    await(vertx.deployVerticle(ecr, deciding));
    await(vertx.deployVerticle(decisions, deciding));
    await(vertx.deployVerticle(verticle));
  }

  private static RepositoryDesk desk(LiveConsole console, Registry names, Decisions decisions) {
    OperationBench bench = console.bench;
    return new RepositoryDesk(
        new RepositoryDesk.Parts(
            names,
            () -> console.rules,
            bench.metadata.repositories(),
            bench.metadata.tags(),
            bench.metadata.catalog(),
            bench.blobs,
            bench.fetch,
            console.operator.clock,
            decisions));
  }

  private static RegistryEdge.Parts parts(LiveConsole console, PullAccess pulls) {
    GatewayMetrics noted =
        new GatewayMetrics() {
          @Override
          public void requestEnded(
              String operation, int status, String cache, long bytes, Duration took) {}

          @Override
          public void pullEnded(Pull pull) {
            console.activity.ended(pull);
          }
        };
    return new RegistryEdge.Parts(
        console.bench.fetch,
        console.bench.blobs,
        new AnswerMemory(),
        pulls,
        console.operator.clock,
        noted,
        Redirects.NONE,
        RegistryEdge.Telling.NOTHING);
  }

  private void answer(HttpServerRequest request) {
    if (ConsoleEdge.has(request.path())) {
      edge.handle(request);
    } else if (pages.has(request)) {
      pages.handle(request);
    } else {
      registry.handle(request);
    }
  }

  int port() {
    return verticle.port();
  }

  @Override
  public void close() {
    await(vertx.close());
  }
}

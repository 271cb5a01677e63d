package dev.sluice.deploy;

import dev.sluice.deploy.config.Config;
import dev.sluice.deploy.config.HostPort;
import dev.sluice.deploy.logging.Logging;
import dev.sluice.fetcher.Tracing;
import dev.sluice.fetcher.pull.FetchVerticle;
import dev.sluice.gateway.RequestLine;
import dev.sluice.gateway.access.AdminAccess;
import dev.sluice.gateway.access.PullAccess;
import dev.sluice.gateway.console.ConsoleEdge;
import dev.sluice.gateway.console.Decisions;
import dev.sluice.gateway.console.NodeFacts;
import dev.sluice.gateway.console.Pages;
import dev.sluice.gateway.ecr.EcrEdge;
import dev.sluice.gateway.ecr.Registry;
import dev.sluice.gateway.registry.Addressing;
import dev.sluice.gateway.registry.AnswerMemory;
import dev.sluice.gateway.registry.RegistryEdge;
import dev.sluice.gateway.registry.VirtualHosts;
import dev.sluice.gateway.warmup.WarmUpEdge;
import dev.sluice.metadata.NameChanges;
import dev.sluice.metadata.Rule;
import dev.sluice.metadata.RuleBook;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.time.Clock;
import java.util.function.Supplier;

/**
 * What answers on the public port: the registry, the ECR API beside it, that of warm-ups, and the
 * console with what its pages ask.
 */
final class FrontDoor {

  private final Vertx vertx;
  private final RegistryEdge registry;
  private final EcrEdge ecr;
  private final WarmUpEdge warmUps;
  private final Pages pages = Pages.open();
  private final Decisions decisions = new Decisions();
  private final ConsoleEdge console;

  /**
   * What stands behind the door.
   *
   * @param facts how the node is
   */
  record Parts(
      Vertx vertx,
      Config config,
      Clock clock,
      Stores stores,
      RuleBook rules,
      OpenRules open,
      FetchVerticle fetcher,
      AnswerMemory memory,
      NameChanges changes,
      NodeMetrics metrics,
      Tracing tracing,
      Switchboard nodes,
      Supplier<NodeFacts> facts) {}

  FrontDoor(Parts parts, LiveAccess live, HostPort listen) {
    Config config = parts.config;
    vertx = parts.vertx;
    URI publicUrl = PublicUrl.of(config, listen);
    PullAccess access = PullAccess.of(parts.clock, live, parts.open, publicUrl);
    VirtualHosts hosts = VirtualHosts.of(config.virtualHosts(), publicUrl);
    registry =
        new RegistryEdge(
            new RegistryEdge.Parts(
                parts.fetcher,
                parts.stores.blobs(),
                parts.memory,
                access,
                parts.clock,
                parts.metrics,
                RedirectedClients.of(config, parts.rules::table),
                telling(parts)),
            new Addressing(parts.rules::table, hosts));
    ecr = EcrApi.edge(parts, access);
    AdminAccess admins =
        new AdminAccess(
            access, live::namesNobody, ConsoleApi.sessions(config, parts.clock, access));
    Registry names = new Registry(config.account(), config.region(), access.publicUrl());
    console = ConsoleApi.edge(parts, new ConsoleApi.Places(admins, names), ecr, decisions);
    warmUps =
        new WarmUpEdge(
            new WarmUpEdge.Parts(
                parts.fetcher.warmUps(), admins, parts.metrics, config.log().requests()));
  }

  private static RegistryEdge.Telling telling(Parts parts) {
    return new RegistryEdge.Telling(
        parts.tracing,
        name -> parts.rules.table().match(name).map(Rule::prefix),
        name ->
            parts
                .rules
                .table()
                .match(name)
                .map(rule -> rule.upstream() + '/' + rule.upstreamName(name)),
        parts.config.log().requests() ? Logging.requests() : RequestLine.Taker.NONE);
  }

  /** Makes ready for requests. */
  Future<?> open() {
    var onVirtualThread = new DeploymentOptions().setThreadingModel(ThreadingModel.VIRTUAL_THREAD);
    return vertx
        .deployVerticle(ecr, onVirtualThread)
        .compose(_ -> vertx.deployVerticle(decisions, onVirtualThread));
  }

  /** Answers a request; one port has all of them, as the addresses in the ECR API's answers say. */
  void answer(HttpServerRequest request) {
    String path = request.path();
    if (path == null || path.startsWith("/v2/")) {
      registry.handle(request);
    } else if (request.method().equals(HttpMethod.POST) && path.equals("/")) {
      ecr.handle(request);
    } else if (ConsoleEdge.has(path)) {
      console.handle(request);
    } else if (path.startsWith(WarmUpEdge.ROOT)) {
      warmUps.handle(request);
    } else if (pages.has(request)) {
      pages.handle(request);
    } else {
      registry.handle(request);
    }
  }

  /** Ends what would go on for ever, so that the rest can be waited for. */
  void close() {
    console.close();
  }
}

package dev.sluice.deploy;

import dev.sluice.deploy.config.Config;
import dev.sluice.deploy.config.HostPort;
import dev.sluice.fetcher.pull.FetchVerticle;
import dev.sluice.gateway.GatewayMetrics;
import dev.sluice.gateway.access.AdminAccess;
import dev.sluice.gateway.access.PullAccess;
import dev.sluice.gateway.ecr.EcrEdge;
import dev.sluice.gateway.registry.AnswerMemory;
import dev.sluice.gateway.registry.RegistryEdge;
import dev.sluice.gateway.warmup.WarmUpEdge;
import dev.sluice.metadata.NameChanges;
import dev.sluice.metadata.RuleBook;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.time.Clock;

/** What answers on the public port: the registry, the ECR API beside it, and that of warm-ups. */
final class FrontDoor {

  private final Vertx vertx;
  private final RegistryEdge registry;
  private final EcrEdge ecr;
  private final WarmUpEdge warmUps;

  /** What stands behind the door. */
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
      GatewayMetrics metrics) {}

  FrontDoor(Parts parts, LiveAccess live, HostPort listen) {
    Config config = parts.config;
    vertx = parts.vertx;
    PullAccess access = PullAccess.of(parts.clock, live, parts.open, PublicUrl.of(config, listen));
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
                config.log().requests()));
    ecr = EcrApi.edge(parts, access);
    warmUps =
        new WarmUpEdge(
            new WarmUpEdge.Parts(
                parts.fetcher.warmUps(),
                new AdminAccess(access, live::namesNobody),
                parts.metrics,
                config.log().requests()));
  }

  /** Makes ready for requests. */
  Future<?> open() {
    return vertx.deployVerticle(
        ecr, new DeploymentOptions().setThreadingModel(ThreadingModel.VIRTUAL_THREAD));
  }

  /** Answers a request; one port has all of them, as the addresses in the ECR API's answers say. */
  void answer(HttpServerRequest request) {
    if (request.method().equals(HttpMethod.POST) && "/".equals(request.path())) {
      ecr.handle(request);
    } else if (request.path() != null && request.path().startsWith(WarmUpEdge.ROOT)) {
      warmUps.handle(request);
    } else {
      registry.handle(request);
    }
  }
}

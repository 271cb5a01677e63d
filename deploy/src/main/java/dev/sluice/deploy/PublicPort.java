package dev.sluice.deploy;

import dev.sluice.deploy.config.DoorConfig;
import dev.sluice.deploy.config.HostPort;
import dev.sluice.gateway.Entrance;
import dev.sluice.gateway.GatewayVerticle;
import dev.sluice.gateway.GatewayVerticle.Crowd;
import dev.sluice.gateway.Proxies;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.KeyCertOptions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Where clients come in, on all event loops. */
final class PublicPort {

  private final HostPort listen;
  private final DoorConfig config;
  private final Vertx vertx;
  private final List<GatewayVerticle> loops = new CopyOnWriteArrayList<>();

  PublicPort(HostPort listen, DoorConfig config, Vertx vertx) {
    this.listen = listen;
    this.config = config;
    this.vertx = vertx;
  }

  /**
   * Opens it; the id of what is deployed.
   *
   * @param edge answers every request
   * @throws StartFailure where the certificate is of no use
   */
  Future<String> listen(Handler<HttpServerRequest> edge) throws StartFailure {
    Optional<LiveCertificate> live = config.tls().map(files -> new LiveCertificate(files, vertx));
    Optional<KeyCertOptions> shown =
        live.isPresent() ? Optional.of(live.get().first()) : Optional.empty();
    Entrance entrance =
        new Entrance(listen.host(), listen.port(), shown, config.proxyProtocol(), config.limits());
    Crowd crowd = new Crowd();
    Handler<HttpServerRequest> answers =
        config.trustedProxies().isEmpty() ? edge : new Proxies(config::trusts).before(edge);
    return vertx
        .deployVerticle(
            () -> {
              GatewayVerticle loop = new GatewayVerticle(entrance, crowd, answers);
              loops.add(loop);
              return loop;
            },
            new DeploymentOptions().setInstances(VertxOptions.DEFAULT_EVENT_LOOP_POOL_SIZE))
        .onSuccess(
            open -> live.ifPresent(each -> each.watch(renewed -> loops.getFirst().renew(renewed))));
  }
}

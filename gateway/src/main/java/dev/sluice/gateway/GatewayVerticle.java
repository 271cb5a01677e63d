package dev.sluice.gateway;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;

/** One event loop's share of the public port. Deploy as many as there are event loops. */
public final class GatewayVerticle extends VerticleBase {

  /**
   * Ends a connection on which nothing moves. Longer than any answer may be waited for: a first
   * byte comes within the upstream deadlines.
   */
  private static final Duration IDLE = Duration.ofSeconds(75);

  /** A herd of clients connects at once. */
  private static final int ACCEPT_BACKLOG = 4096;

  /** How long answers under way may take once the node drains. */
  private static final int DRAIN_SECONDS = 20;

  private static final long LOOK_MILLIS = 1_000;

  private final Entrance entrance;
  private final Handler<HttpServerRequest> edge;
  private final Connections connections;
  private HttpServer server;

  /** What the event loops have in common. */
  public static final class Crowd {
    private final ConcurrentMap<String, Integer> byAddress = new ConcurrentHashMap<>();
  }

  /** One that is alone, and plain. */
  public GatewayVerticle(String host, int port, Handler<HttpServerRequest> edge) {
    this(Entrance.plain(host, port), new Crowd(), edge);
  }

  /**
   * Listens once deployed.
   *
   * @param crowd of all that share the port
   * @param edge answers every request; shared by all event loops
   */
  public GatewayVerticle(Entrance entrance, Crowd crowd, Handler<HttpServerRequest> edge) {
    this.entrance = entrance;
    this.edge = edge;
    this.connections = new Connections(entrance.limits(), IDLE, crowd.byAddress);
  }

  @Override
  public Future<?> start() {
    server =
        vertx
            .createHttpServer(options())
            .connectionHandler(connections::meet)
            .requestHandler(
                request -> {
                  connections.heard(request);
                  edge.handle(request);
                });
    vertx.setPeriodic(LOOK_MILLIS, turn -> connections.closeOverdue());
    return server.listen();
  }

  private HttpServerOptions options() {
    HttpServerOptions options =
        new HttpServerOptions()
            .setHost(entrance.host())
            .setPort(entrance.port())
            .setIdleTimeout((int) IDLE.toSeconds())
            .setIdleTimeoutUnit(TimeUnit.SECONDS)
            .setAcceptBacklog(ACCEPT_BACKLOG)
            .setUseProxyProtocol(entrance.proxyProtocol())
            .setProxyProtocolTimeout(entrance.limits().headTime().toMillis())
            .setProxyProtocolTimeoutUnit(TimeUnit.MILLISECONDS)
            .setCompressionSupported(false)
            .setHttp2ClearTextEnabled(false);
    entrance
        .certificate()
        .ifPresent(
            certificate ->
                options
                    .setSsl(true)
                    .setUseAlpn(true)
                    .setAlpnVersions(List.of(HttpVersion.HTTP_2, HttpVersion.HTTP_1_1))
                    .setSslHandshakeTimeout(entrance.limits().headTime().toMillis())
                    .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
                    .setKeyCertOptions(certificate));
    return options;
  }

  /** Shows another certificate to whoever connects from now on, on all that share the port. */
  public Future<Boolean> renew(KeyCertOptions certificate) {
    return server.updateSSLOptions(
        new ServerSSLOptions()
            .setUseAlpn(true)
            .setApplicationLayerProtocols(List.of("h2", "http/1.1"))
            .setKeyCertOptions(certificate));
  }

  /** Where it listens, once deployed; the system chooses where it was told port 0. */
  public int port() {
    return server.actualPort();
  }

  @Override
  public Future<?> stop() {
    return server.shutdown(DRAIN_SECONDS, TimeUnit.SECONDS);
  }
}

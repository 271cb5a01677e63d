package dev.sluice.gateway;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.TimeUnit;

/** One event loop's share of the public port. Deploy as many as there are event loops. */
public final class GatewayVerticle extends VerticleBase {

  /**
   * Ends a connection on which nothing moves. Longer than any answer may be waited for: a first
   * byte comes within the upstream deadlines.
   */
  private static final int IDLE_SECONDS = 75;

  /** A herd of clients connects at once. */
  private static final int ACCEPT_BACKLOG = 4096;

  /** How long answers under way may take once the node drains. */
  private static final int DRAIN_SECONDS = 20;

  private final String host;
  private final int port;
  private final Handler<HttpServerRequest> edge;
  private HttpServer server;

  /**
   * Listens on this address once deployed.
   *
   * @param edge answers every request; shared by all event loops
   */
  public GatewayVerticle(String host, int port, Handler<HttpServerRequest> edge) {
    this.host = host;
    this.port = port;
    this.edge = edge;
  }

  @Override
  public Future<?> start() {
    server =
        vertx
            .createHttpServer(
                new HttpServerOptions()
                    .setHost(host)
                    .setPort(port)
                    .setIdleTimeout(IDLE_SECONDS)
                    .setIdleTimeoutUnit(TimeUnit.SECONDS)
                    .setAcceptBacklog(ACCEPT_BACKLOG)
                    .setCompressionSupported(false)
                    .setHttp2ClearTextEnabled(false))
            .requestHandler(edge);
    return server.listen();
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

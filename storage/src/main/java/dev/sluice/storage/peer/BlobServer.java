package dev.sluice.storage.peer;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One event loop's share of the port for peers. Deploy as many as there are event loops. */
public final class BlobServer extends VerticleBase {

  /** A target with the longest digest comes to 144 characters. */
  private static final int LONGEST_REQUEST_LINE = 512;

  /** In bytes; a peer's come to a quarter of that. */
  private static final int LONGEST_HEADERS = 2048;

  private final String host;
  private final int port;
  private final BlobAnswers answers;
  private final Patience patience;
  private final Map<HttpConnection, Long> strangers = new HashMap<>();
  private HttpServer server;

  /**
   * How long others are waited for.
   *
   * @param proof until a connection has brought a peer's request
   * @param idle on a connection on which nothing moves; longer than peers keep theirs for reuse
   * @param drain for answers under way once the node stops
   */
  public record Patience(Duration proof, Duration idle, Duration drain) {
    /** For networks as they are. */
    public static final Patience DEFAULT =
        new Patience(Duration.ofSeconds(10), Duration.ofSeconds(75), Duration.ofSeconds(20));
  }

  /**
   * Listens on this address once deployed.
   *
   * @param answers to every request; shared by all event loops
   */
  public BlobServer(String host, int port, BlobAnswers answers, Patience patience) {
    this.host = host;
    this.port = port;
    this.answers = answers;
    this.patience = patience;
  }

  @Override
  public Future<?> start() {
    server =
        vertx
            .createHttpServer(options())
            .connectionHandler(this::meet)
            .invalidRequestHandler(request -> BlobAnswers.refuse(request, 401))
            .requestHandler(this::handle);
    return server.listen();
  }

  private HttpServerOptions options() {
    return new HttpServerOptions()
        .setHost(host)
        .setPort(port)
        .setIdleTimeout((int) patience.idle.toMillis())
        .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
        .setMaxInitialLineLength(LONGEST_REQUEST_LINE)
        .setMaxHeaderSize(LONGEST_HEADERS)
        .setCompressionSupported(false)
        .setHttp2ClearTextEnabled(false);
  }

  /** However slowly a stranger sends his headers, they are not waited for. */
  private void meet(HttpConnection connection) {
    long timer = vertx.setTimer(patience.proof.toMillis(), turn -> connection.close());
    strangers.put(connection, timer);
    connection.closeHandler(gone -> know(connection));
  }

  private void know(HttpConnection connection) {
    Long timer = strangers.remove(connection);
    if (timer != null) {
      vertx.cancelTimer(timer);
    }
  }

  private void handle(HttpServerRequest request) {
    if (answers.handle(request)) {
      know(request.connection());
    }
  }

  /** Where it listens, once deployed; the system chooses where it was told port 0. */
  public int port() {
    return server.actualPort();
  }

  @Override
  public Future<?> stop() {
    return server.shutdown(patience.drain.toMillis(), TimeUnit.MILLISECONDS);
  }
}

package dev.sluice.fetcher.fake;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** The fake's listening sockets, one for each {@link Listener}, on loopback. */
final class Ports {
  private static final Duration START = Duration.ofSeconds(10);

  private final Vertx vertx;
  private final NetServerOptions options;
  private final AtomicInteger connections = new AtomicInteger();
  private final Map<Listener, NetServer> servers = new EnumMap<>(Listener.class);

  Ports(Vertx vertx, Optional<KeyCertOptions> certificate) {
    this.vertx = vertx;
    this.options = new NetServerOptions().setHost("127.0.0.1").setPort(0);
    certificate.ifPresent(key -> options.setSsl(true).setKeyCertOptions(key));
  }

  /** Listens on every port. */
  void open(Journal journal, Function<Request, Reply> backend) {
    for (Listener listener : Listener.values()) {
      NetServer server = vertx.createNetServer(options);
      server.connectHandler(
          socket -> {
            int number = connections.incrementAndGet();
            new Connection(
                socket,
                vertx.getOrCreateContext(),
                head -> journal.arrived(Request.parse(listener, number, head)),
                backend);
          });
      servers.put(listener, waitFor(server.listen()));
    }
  }

  /** Scheme, address and port, without a slash at the end. */
  String url(Listener listener) {
    return (options.isSsl() ? "https://" : "http://") + hostAndPort(listener);
  }

  String hostAndPort(Listener listener) {
    return "127.0.0.1:" + servers.get(listener).actualPort();
  }

  /** How many connections have come in. */
  int connections() {
    return connections.get();
  }

  void close() {
    servers.values().forEach(server -> waitFor(server.close()));
  }

  private static <T> T waitFor(Future<T> future) {
    try {
      return future
          .toCompletionStage()
          .toCompletableFuture()
          .get(START.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    } catch (ExecutionException | TimeoutException failed) {
      throw new IllegalStateException("the fake registry cannot start or stop", failed);
    }
  }
}

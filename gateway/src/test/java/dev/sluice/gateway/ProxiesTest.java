package dev.sluice.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.live.Wire;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whose word is taken for who the client is. */
class ProxiesTest {

  private final Vertx vertx = Vertx.vertx();

  private GatewayVerticle open(Set<String> trusted) {
    Handler<HttpServerRequest> echo =
        request -> request.response().end(request.remoteAddress().hostAddress());
    var gateway = new GatewayVerticle("127.0.0.1", 0, new Proxies(trusted::contains).before(echo));
    await(vertx.deployVerticle(gateway));
    return gateway;
  }

  private static <T> T await(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
  }

  @AfterEach
  void close() {
    await(vertx.close());
  }

  @ParameterizedTest
  @CsvSource({
    "10.1.1.1, 10.1.1.1",
    "'6.6.6.6, 10.1.1.1', 10.1.1.1",
    "'6.6.6.6, 10.1.1.1, 10.9.9.9', 10.1.1.1",
    "'127.0.0.1, 10.1.1.1', 10.1.1.1",
    "'10.9.9.9', 10.9.9.9",
    "'10.1.1.1:4711', 10.1.1.1",
    "'[2001:db8::1]:4711', 2001:db8:0:0:0:0:0:1",
    "'2001:db8::1', 2001:db8:0:0:0:0:0:1",
    "unknown, 127.0.0.1",
    "'6.6.6.6, unknown', 127.0.0.1",
    "'', 127.0.0.1",
    "'fe80::1%eth0', 127.0.0.1",
    "'a b c', 127.0.0.1"
  })
  void theNearestThatIsNoProxyIsTheClient(String header, String client) throws IOException {
    GatewayVerticle gateway = open(Set.of("127.0.0.1", "10.9.9.9"));
    try (Wire wire = new Wire(gateway.port())) {
      assertThat(wire.ask("GET", "/", "X-Forwarded-For: " + header).text()).isEqualTo(client);
      assertThat(wire.ask("GET", "/").text())
          .as("the next of the connection")
          .isEqualTo("127.0.0.1");
    }
  }

  @Test
  void severalHeadersAreOneChain() throws IOException {
    GatewayVerticle gateway = open(Set.of("127.0.0.1"));
    try (Wire wire = new Wire(gateway.port())) {
      assertThat(
              wire.ask("GET", "/", "X-Forwarded-For: 6.6.6.6", "X-Forwarded-For: 10.1.1.1").text())
          .isEqualTo("10.1.1.1");
    }
  }

  @Test
  void whoIsNotTrustedIsBelievedNothing() throws IOException {
    GatewayVerticle gateway = open(Set.of("10.9.9.9"));
    try (Wire wire = new Wire(gateway.port())) {
      assertThat(wire.ask("GET", "/", "X-Forwarded-For: 10.1.1.1").text()).isEqualTo("127.0.0.1");
    }
  }
}

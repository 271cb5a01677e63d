package dev.sluice.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.Entrance.Limits;
import dev.sluice.gateway.GatewayVerticle.Crowd;
import dev.sluice.gateway.live.Reply;
import dev.sluice.gateway.live.Wire;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who may come in, and for how long they may keep us waiting. */
@Timeout(60)
class ConnectionLimitsTest {

  private static final int MOST = 4;

  private final Vertx vertx = Vertx.vertx();
  private final Promise<String> late = Promise.promise();
  private GatewayVerticle gateway;

  private void open(boolean proxyProtocol, Limits limits) {
    var entrance = new Entrance("127.0.0.1", 0, Optional.empty(), proxyProtocol, limits);
    gateway = new GatewayVerticle(entrance, new Crowd(), this::answer);
    await(vertx.deployVerticle(gateway));
  }

  private void open(Duration headTime) {
    open(false, new Limits(headTime, MOST, 1000));
  }

  private void answer(HttpServerRequest request) {
    if (request.path().equals("/late")) {
      late.future().onSuccess(text -> request.response().end(text));
    } else {
      request.response().end(request.remoteAddress().hostAddress());
    }
  }

  private static <T> T await(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
  }

  private Wire connect() throws IOException {
    return new Wire(gateway.port());
  }

  /** Another who says nothing is closed: so much time has gone by. */
  private void waitUntilTheSilentAreClosed() throws IOException {
    try (Wire silent = connect()) {
      assertThat(silent.ends()).isTrue();
    }
  }

  @AfterEach
  void close() {
    await(vertx.close());
  }

  @Test
  void aHeadThatComesByteByByteIsNotWaitedFor() throws Exception {
    open(Duration.ofMillis(500));
    try (Socket slow = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
      slow.getOutputStream().write("GET / HTTP/1.1\r\nX: ".getBytes(StandardCharsets.US_ASCII));
      // Never silent for long, and never done: what counts is when the head is whole.
      long drip = vertx.setPeriodic(20, turn -> drip(slow));
      assertThat(slow.getInputStream().read()).isEqualTo(-1);
      vertx.cancelTimer(drip);
    }
  }

  private static void drip(Socket slow) {
    try {
      slow.getOutputStream().write('a');
    } catch (IOException closed) {
      // As it should be.
    }
  }

  @Test
  void whoWaitsForAnAnswerIsNotClosed() throws IOException {
    open(Duration.ofMillis(300));
    try (Wire waiting = connect()) {
      waiting.send("GET", "/late");
      waitUntilTheSilentAreClosed();
      late.complete("at last");
      assertThat(waiting.reply().text()).isEqualTo("at last");
    }
  }

  @Test
  void whoWasAnsweredMayTakeItsTime() throws IOException {
    open(Duration.ofMillis(300));
    try (Wire known = connect()) {
      assertThat(known.ask("GET", "/").status()).isEqualTo(200);
      waitUntilTheSilentAreClosed();
      assertThat(known.ask("GET", "/").status()).isEqualTo(200);
    }
  }

  @Test
  void oneOfTooManyIsSentAway() throws Exception {
    open(Duration.ofSeconds(30));
    Wire[] most = new Wire[MOST];
    for (int i = 0; i < MOST; i++) {
      most[i] = connect();
      assertThat(most[i].ask("GET", "/").status()).isEqualTo(200);
    }
    try (Wire more = connect()) {
      assertThat(more.ends()).isTrue();
    }
    most[0].close();
    while (!isLetIn()) {
      // The node hears of the end of the other in a moment; the test has a limit of time.
      Thread.onSpinWait();
    }
    for (Wire wire : most) {
      wire.close();
    }
  }

  private boolean isLetIn() throws IOException {
    try (Wire next = connect()) {
      return next.ask("GET", "/").status() == 200;
    } catch (IOException | AssertionError sentAway) {
      return false;
    }
  }

  @Test
  void afterSoManyRequestsAClientConnectsAnew() throws IOException {
    open(false, new Limits(Duration.ofSeconds(30), MOST, 2));
    try (Wire wire = connect()) {
      assertThat(wire.ask("GET", "/").header("Connection")).isNull();
      Reply last = wire.ask("GET", "/");
      assertThat(last.status()).isEqualTo(200);
      assertThat(last.header("Connection")).isEqualTo("close");
      assertThat(wire.ends()).isTrue();
    }
  }

  @Test
  void aBalancerSaysWhoTheClientIs() throws IOException {
    open(true, Limits.USUAL);
    try (Wire wire = connect()) {
      wire.sendRaw(
          "GET", "PROXY TCP4 10.1.2.3 127.0.0.1 1111 80\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n");
      assertThat(wire.reply().text()).isEqualTo("10.1.2.3");
    }
  }
}

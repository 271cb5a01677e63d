package dev.sluice.gateway.warmup;

import static dev.sluice.gateway.live.LiveGateway.await;

import dev.sluice.gateway.GatewayVerticle;
import dev.sluice.gateway.access.AdminAccess;
import dev.sluice.gateway.access.Operator;
import dev.sluice.gateway.access.PullAccess;
import dev.sluice.gateway.access.Sessions;
import dev.sluice.gateway.live.CountedRequests;
import dev.sluice.gateway.live.Doors;
import dev.sluice.gateway.live.Reply;
import dev.sluice.gateway.live.Wire;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;

/** The API over sockets, before warm-ups that the test knows. */
final class LiveApi implements AutoCloseable {

  static final String PATH = "/api/v1/warm-ups";
  static final String JSON = "Content-Type: application/json";

  final Operator operator = new Operator();
  final ScriptedWarmUps warmUps = new ScriptedWarmUps();
  final PullAccess access =
      PullAccess.of(operator.clock, operator, Doors.except(_ -> true), Doors.PUBLIC_URL);
  volatile boolean namesNobody;

  private final Vertx vertx = Vertx.vertx();
  private final GatewayVerticle verticle;

  LiveApi() {
    var sessions = new Sessions(operator.clock, operator, new byte[32]);
    var admins = new AdminAccess(access, () -> namesNobody, sessions);
    var edge = new WarmUpEdge(new WarmUpEdge.Parts(warmUps, admins, new CountedRequests(), true));
    verticle = new GatewayVerticle("127.0.0.1", 0, edge::handle);
    await(vertx.deployVerticle(verticle));
  }

  Wire connect() throws IOException {
    return new Wire(verticle.port());
  }

  /** One request on a connection of its own; the headers are all there are. */
  Reply ask(String method, String path, String body, String... headers) throws IOException {
    return ask(connect(), method, path, body, headers);
  }

  /** The same from another of this machine's addresses. */
  Reply askFrom(String address, String method, String path, String... headers) throws IOException {
    return ask(
        new Wire(verticle.port(), InetAddress.getByName(address)), method, path, "", headers);
  }

  private static Reply ask(Wire opened, String method, String path, String body, String... headers)
      throws IOException {
    try (Wire wire = opened) {
      StringBuilder head = new StringBuilder(method + ' ' + path + " HTTP/1.1\r\n");
      for (String line : headers) {
        head.append(line).append("\r\n");
      }
      if (!body.isEmpty()) {
        head.append("Content-Length: ").append(body.length()).append("\r\n");
      }
      return wire.sendRaw(method, head + "\r\n" + body).reply();
    }
  }

  @Override
  public void close() {
    await(vertx.close());
  }
}

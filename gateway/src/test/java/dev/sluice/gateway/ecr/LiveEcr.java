package dev.sluice.gateway.ecr;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.gateway.GatewayVerticle;
import dev.sluice.gateway.access.AccessKey;
import dev.sluice.gateway.access.AccessList;
import dev.sluice.gateway.access.Anonymous;
import dev.sluice.gateway.access.Grants;
import dev.sluice.gateway.live.CountedRequests;
import dev.sluice.gateway.live.LiveGateway;
import dev.sluice.gateway.live.Reply;
import dev.sluice.gateway.live.SettableClock;
import dev.sluice.gateway.live.Wire;
import dev.sluice.metadata.NamePattern;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.util.List;

/** The API over real HTTP, with the operations that a test gives it. */
public final class LiveEcr implements AutoCloseable {

  public static final Registry REGISTRY =
      new Registry("123456789012", "us-east-1", URI.create("http://127.0.0.1:5000"));
  public static final AccessKey ADMIN = new AccessKey("AKIAADMIN", "admin-secret", Grants.ADMIN);

  /** May pull what lies under docker-hub. */
  public static final AccessKey PULLER =
      new AccessKey(
          "AKIAPULLER",
          "puller-secret",
          new Grants(false, List.of(new NamePattern("docker-hub/*"))));

  /** Both keys, and nobody else. */
  public static final AccessList ACCESS =
      AccessList.of(Anonymous.NONE, List.of(ADMIN, PULLER), List.of());

  private final Vertx vertx = Vertx.vertx();
  private final SettableClock clock = new SettableClock();
  private final CountedRequests counted = new CountedRequests();
  private final GatewayVerticle gateway;

  public LiveEcr(List<Operation<?>> operations) {
    this(operations, EcrLimits.USUAL);
  }

  LiveEcr(List<Operation<?>> operations, EcrLimits limits) {
    var parts = new EcrEdge.Parts(() -> ACCESS, REGISTRY, operations, clock, counted, true);
    EcrEdge edge = new EcrEdge(parts, limits);
    gateway = new GatewayVerticle("127.0.0.1", 0, edge::handle);
    var decides = new DeploymentOptions().setThreadingModel(ThreadingModel.VIRTUAL_THREAD);
    LiveGateway.await(vertx.deployVerticle(edge, decides));
    LiveGateway.await(vertx.deployVerticle(gateway));
  }

  public SettableClock clock() {
    return clock;
  }

  public CountedRequests counted() {
    return counted;
  }

  public int port() {
    return gateway.port();
  }

  public Wire connect() throws IOException {
    return new Wire(gateway.port());
  }

  /** A request of the API, to be sent or altered. */
  public SignedCall signed(AccessKey key, String operation, String json) {
    return new SignedCall(SignedCall.SERVICE + operation, json.getBytes(UTF_8))
        .by(key, clock.instant());
  }

  /** One request on a connection of its own. */
  public Reply call(AccessKey key, String operation, String json) throws IOException {
    return send(signed(key, operation, json));
  }

  /** The same for an administrator. */
  public Reply call(String operation, String json) throws IOException {
    return call(ADMIN, operation, json);
  }

  /** Sends a request that may have been altered. */
  public Reply send(SignedCall call) throws IOException {
    try (Wire wire = connect()) {
      return wire.sendRaw("POST", call.text()).reply();
    }
  }

  @Override
  public void close() {
    LiveGateway.await(vertx.close());
  }
}

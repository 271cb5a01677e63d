package dev.sluice.gateway.console;

import static dev.sluice.gateway.live.LiveGateway.await;

import dev.sluice.fetcher.FillUnderWay;
import dev.sluice.gateway.GatewayMetrics;
import dev.sluice.gateway.GatewayVerticle;
import dev.sluice.gateway.Pull;
import dev.sluice.gateway.access.AdminAccess;
import dev.sluice.gateway.access.Operator;
import dev.sluice.gateway.access.PullAccess;
import dev.sluice.gateway.access.Sessions;
import dev.sluice.gateway.ecr.EcrEdge;
import dev.sluice.gateway.ecr.live.OperationBench;
import dev.sluice.gateway.live.CountedRequests;
import dev.sluice.gateway.live.Doors;
import dev.sluice.gateway.live.Reply;
import dev.sluice.gateway.live.Wire;
import dev.sluice.gateway.registry.AnswerMemory;
import dev.sluice.gateway.registry.Redirects;
import dev.sluice.gateway.registry.RegistryEdge;
import dev.sluice.metadata.CheckIntervals;
import dev.sluice.metadata.Platforms;
import dev.sluice.metadata.Policies;
import dev.sluice.metadata.Rule;
import dev.sluice.metadata.RuleTable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A node's public port over sockets: registry, console and pages, over real metadata. */
final class LiveConsole implements AutoCloseable {

  static final String ID = "AKIASLUICEADMIN00001";
  static final String SECRET = "a".repeat(40);
  static final String ORIGIN = "Origin: " + Doors.PUBLIC_URL;
  static final String JSON = "Content-Type: application/json";
  static final String HOST = "Host: cache.example";

  final Operator operator = new Operator();
  final OperationBench bench = new OperationBench();
  final FakeNodes nodes = new FakeNodes("a");
  final Activity activity = new Activity();
  final UpstreamNews news = new UpstreamNews(operator.clock);
  final Gathering gathering;
  final Sessions sessions = new Sessions(operator.clock, operator, new byte[32]);
  volatile boolean namesNobody;
  volatile List<FillUnderWay> fills = List.of();
  volatile RuleTable rules = new RuleTable(List.of(new Rule("team", "up.example", POLICIES)));

  static final Policies POLICIES =
      new Policies(
          new CheckIntervals(Duration.ofHours(24)),
          Duration.ofSeconds(2),
          Policies.OnDeleted.SERVE,
          new Platforms.All());

  private final Vertx vertx = Vertx.vertx();
  private final GatewayVerticle verticle;
  private final Pages pages = Pages.open();
  final ConsoleEdge edge;
  private final RegistryEdge registry;

  LiveConsole() {
    this(Doors.PUBLIC_URL);
  }

  LiveConsole(URI publicUrl) {
    operator.key(ID, SECRET, "admin");
    operator.user("root", "root's password", "admin");
    operator.user("ann", "ann's password", "pull:team/*");
    var pulls = PullAccess.of(operator.clock, operator, Doors.except(_ -> true), publicUrl);
    var access = new AdminAccess(pulls, () -> namesNobody, sessions);
    gathering = new Gathering(nodes, new NodeReport(sources()), operator.clock);
    var ecr =
        new EcrEdge(
            new EcrEdge.Parts(
                operator,
                OperationBench.REGISTRY,
                bench.operations,
                operator.clock,
                new CountedRequests(),
                true));
    Decisions decisions = new Decisions();
    edge = new ConsoleEdge(parts(access, ecr, decisions, publicUrl));
    registry = new RegistryEdge(registry(pulls));
    verticle = new GatewayVerticle("127.0.0.1", 0, this::answer);
    var deciding = new DeploymentOptions().setThreadingModel(ThreadingModel.VIRTUAL_THREAD);
    await(vertx.deployVerticle(ecr, deciding));
    await(vertx.deployVerticle(decisions, deciding));
    await(vertx.deployVerticle(verticle));
  }

  private NodeReport.Sources sources() {
    return new NodeReport.Sources(
        "a",
        "1.0",
        operator.clock,
        () -> rules,
        activity,
        news,
        () -> fills,
        () ->
            new NodeFacts(
                true,
                Optional.empty(),
                new NodeFacts.Storage(10, 20, false, 1, 2, Optional.of(0.5))));
  }

  private ConsoleEdge.Parts parts(
      AdminAccess access, EcrEdge ecr, Decisions decisions, URI publicUrl) {
    var names = new dev.sluice.gateway.ecr.Registry("123456789012", "us-east-1", publicUrl);
    var desk =
        new RepositoryDesk(
            new RepositoryDesk.Parts(
                names,
                () -> rules,
                bench.metadata.repositories(),
                bench.metadata.tags(),
                bench.metadata.catalog(),
                bench.blobs,
                bench.fetch,
                operator.clock,
                decisions));
    return new ConsoleEdge.Parts(
        vertx, operator.clock, access, names, gathering, desk, ecr, new CountedRequests(), true);
  }

  private RegistryEdge.Parts registry(PullAccess pulls) {
    GatewayMetrics noted =
        new GatewayMetrics() {
          @Override
          public void requestEnded(
              String operation, int status, String cache, long bytes, Duration took) {}

          @Override
          public void pullEnded(Pull pull) {
            activity.ended(pull);
          }
        };
    return new RegistryEdge.Parts(
        bench.fetch,
        bench.blobs,
        new AnswerMemory(),
        pulls,
        operator.clock,
        noted,
        Redirects.NONE,
        RegistryEdge.Telling.NOTHING);
  }

  private void answer(HttpServerRequest request) {
    if (ConsoleEdge.has(request.path())) {
      edge.handle(request);
    } else if (pages.has(request)) {
      pages.handle(request);
    } else {
      registry.handle(request);
    }
  }

  Wire connect() throws IOException {
    return new Wire(verticle.port());
  }

  /** One request on a connection of its own. */
  Reply ask(String method, String path, String body, String... headers) throws IOException {
    try (Wire wire = connect()) {
      return wire.sendRaw(method, text(method, path, body, headers)).reply();
    }
  }

  static String text(String method, String path, String body, String... headers) {
    StringBuilder head = new StringBuilder(method + ' ' + path + " HTTP/1.1\r\n" + HOST + "\r\n");
    for (String line : headers) {
      head.append(line).append("\r\n");
    }
    if (!body.isEmpty()) {
      head.append("Content-Length: ").append(body.length()).append("\r\n");
    }
    return head + "\r\n" + body;
  }

  /** Logs in as a page does. */
  Reply login(String name, String password) throws IOException {
    String body = new JsonObject().put("name", name).put("password", password).encode();
    return ask("POST", "/api/v1/session", body, JSON, ORIGIN);
  }

  /** The header by which a browser shows the session of somebody who has logged in. */
  String session(String name, String password) throws IOException {
    Reply reply = login(name, password);
    if (reply.status() != 200) {
      throw new AssertionError(reply.text());
    }
    return "Cookie: " + reply.header("Set-Cookie").split(";", 2)[0];
  }

  String admin() throws IOException {
    return session(ID, SECRET);
  }

  /** Of somebody who may pull what lies under {@code team}. */
  String ann() throws IOException {
    return session("ann", "ann's password");
  }

  Reply get(String path, String... headers) throws IOException {
    return ask("GET", path, "", headers);
  }

  Reply post(String path, String body, String session) throws IOException {
    return ask("POST", path, body, session, JSON, ORIGIN);
  }

  @Override
  public void close() {
    await(vertx.close());
    bench.close();
  }
}

package dev.sluice.gateway.console;

import static dev.sluice.gateway.live.LiveGateway.await;
import static dev.sluice.gateway.live.PlainPolicies.POLICIES;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.BlobAnswer;
import dev.sluice.fetcher.FillUnderWay;
import dev.sluice.fetcher.Provenance;
import dev.sluice.gateway.access.Operator;
import dev.sluice.gateway.access.Sessions;
import dev.sluice.gateway.ecr.live.OperationBench;
import dev.sluice.gateway.live.Doors;
import dev.sluice.gateway.live.Reply;
import dev.sluice.gateway.live.Wire;
import dev.sluice.metadata.Rule;
import dev.sluice.metadata.RuleTable;
import dev.sluice.storage.BlobLocation.Stored;
import dev.sluice.storage.Digest;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** A node's public port over sockets: registry, console and pages, over real metadata. */
final class LiveConsole implements AutoCloseable {

  static final String ID = "AKIASLUICEADMIN00001";
  static final String SECRET = "a".repeat(40);
  static final String ORIGIN = "Origin: " + Doors.PUBLIC_URL;
  static final String JSON = "Content-Type: application/json";
  static final String HOST = "Host: cache.example";

  /** What {@link #pull} pulls. */
  static final byte[] LAYER = "some bytes".getBytes(UTF_8);

  static final Digest DIGEST = Digest.sha256(LAYER);

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

  private final ConsoleNode node;

  LiveConsole() {
    this(Doors.PUBLIC_URL);
  }

  LiveConsole(URI publicUrl) {
    operator.key(ID, SECRET, "admin");
    operator.user("root", "root's password", "admin");
    operator.user("ann", "ann's password", "pull:team/*");
    gathering = new Gathering(nodes, new NodeReport(sources()), operator.clock);
    node = new ConsoleNode(this, publicUrl);
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

  Wire connect() throws IOException {
    return new Wire(node.port());
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

  /** The body of an answer that must be good. */
  JsonObject json(String path, String session) throws IOException {
    Reply reply = get(path, session);
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    return reply.json();
  }

  JsonObject overview(String session) throws IOException {
    return json("/api/v1/overview", session);
  }

  Reply post(String path, String body, String session) throws IOException {
    return ask("POST", path, body, session, JSON, ORIGIN);
  }

  /** Root pulls a layer, which the fetcher has found like this. */
  Reply pull(String repository, Provenance how) throws IOException {
    await(bench.blobs.put(DIGEST, Buffer.buffer(LAYER)));
    bench.fetch.blobs(new BlobAnswer.Found(new Stored(DIGEST, LAYER.length), how));
    return pull(repository, DIGEST);
  }

  /** The same of any layer, whatever the fetcher says. */
  Reply pull(String repository, Digest layer) throws IOException {
    String root = "Authorization: " + Operator.basic("root", "root's password");
    return get("/v2/" + repository + "/blobs/" + layer, root);
  }

  /** The console, and nothing else, comes to its end. */
  void end() {
    node.edge.close();
  }

  @Override
  public void close() {
    node.close();
    bench.close();
  }
}

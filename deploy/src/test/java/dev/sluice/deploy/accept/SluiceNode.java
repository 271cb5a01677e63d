package dev.sluice.deploy.accept;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** One running node, ready when {@code start} returns. */
final class SluiceNode implements AutoCloseable {
  private static final Duration READY_DEADLINE = Duration.ofSeconds(30);

  private final NodeConfig config;
  private final LoggedProcess process;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  private SluiceNode(NodeConfig config, LoggedProcess process) {
    this.config = config;
    this.process = process;
  }

  /** Starts a node and waits for its readiness. */
  static SluiceNode start(NodeConfig config, String... jvmFlags) throws Exception {
    return startWithin(READY_DEADLINE, config, jvmFlags);
  }

  /** Starts a node that must be ready within the deadline. */
  static SluiceNode startWithin(Duration deadline, NodeConfig config, String... jvmFlags)
      throws Exception {
    return ready(deadline, config, NodeProcess.serve(folder(config), config.yaml(), jvmFlags));
  }

  /** The same in an environment with these variables. */
  static SluiceNode startIn(Map<String, String> variables, NodeConfig config) throws Exception {
    return ready(
        READY_DEADLINE, config, NodeProcess.serve(variables, folder(config), config.yaml()));
  }

  private static Path folder(NodeConfig config) {
    return config.data().resolveSibling(config.data().getFileName() + "-process");
  }

  private static SluiceNode ready(Duration deadline, NodeConfig config, LoggedProcess process)
      throws Exception {
    var node = new SluiceNode(config, process);
    try {
      Await.until("readiness of the node", deadline, node::isReadyOrDead);
      assertThat(node.process.isAlive()).as("the node ended at its start").isTrue();
      return node;
    } catch (Throwable e) {
      node.process.kill();
      throw new AssertionError("the node did not start:\n" + node.log(), e);
    }
  }

  NodeConfig config() {
    return config;
  }

  int port() {
    return config.port();
  }

  /** The registry name that clients use. */
  String registry() {
    return "127.0.0.1:" + config.port();
  }

  /** Status of the readiness check, or 0 while nobody answers. */
  int readiness() throws InterruptedException {
    try {
      return get(config.management(), "/health/ready").statusCode();
    } catch (IOException e) {
      return 0;
    }
  }

  /** What the readiness check says. */
  String health() throws IOException, InterruptedException {
    return new String(get(config.management(), "/health/ready").body(), UTF_8);
  }

  /** The value of a metric without labels; NaN while nobody answers. */
  double metric(String name) throws InterruptedException {
    try {
      return metrics()
          .lines()
          .filter(line -> line.startsWith(name + ' '))
          .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
          .findFirst()
          .orElse(Double.NaN);
    } catch (IOException down) {
      return Double.NaN;
    }
  }

  /** All metrics, as Prometheus reads them. */
  String metrics() throws IOException, InterruptedException {
    return new String(get(config.management(), "/metrics").body(), UTF_8);
  }

  /** Answer of the public port, asked with the media types that every client accepts. */
  HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
    return get(config.port(), path);
  }

  String log() throws IOException {
    return process.output();
  }

  LoggedProcess process() {
    return process;
  }

  /** Sends SIGTERM; the node must end within 30 s, by itself or by the signal's default. */
  void stop() throws IOException {
    process.stop();
    assertThat(process.exitCode()).as(log()).isIn(0, 143);
  }

  /** Ends the node as a power cut would, with SIGKILL. */
  void killHard() {
    process.kill();
  }

  @Override
  public void close() throws IOException {
    http.shutdownNow();
    if (process.isAlive()) {
      stop();
    }
  }

  private boolean isReadyOrDead() throws InterruptedException {
    return !process.isAlive() || readiness() == 200;
  }

  private HttpResponse<byte[]> get(int port, String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(Duration.ofSeconds(30))
            .header("Accept", MediaTypes.ACCEPTED)
            .build();
    return http.send(request, BodyHandlers.ofByteArray());
  }
}

package dev.sluice.deploy.accept;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A real HAProxy with the shipped configuration, but for where the nodes are. */
final class HaProxy implements AutoCloseable {
  private static final Path SHIPPED = Path.of("haproxy", "haproxy.cfg");
  private static final Duration DEADLINE = Duration.ofSeconds(20);

  private final LoggedProcess process;
  private final int port;
  private final int management;
  private final HttpClient http = HttpClient.newHttpClient();

  private HaProxy(LoggedProcess process, int port, int management) {
    this.process = process;
    this.port = port;
    this.management = management;
  }

  static HaProxy start(Path folder, List<NodeConfig> nodes) throws Exception {
    int port = FreePort.next();
    int management = FreePort.next();
    Path file = folder.resolve("haproxy.cfg");
    Files.writeString(file, configuration(nodes));
    var process =
        LoggedProcess.start(
            "haproxy",
            folder.resolve("haproxy"),
            List.of(
                "env",
                "SLUICE_LISTEN=127.0.0.1:" + port,
                "SLUICE_HAPROXY_MANAGEMENT=127.0.0.1:" + management,
                "haproxy",
                "-f",
                file.toString()));
    var haProxy = new HaProxy(process, port, management);
    try {
      Await.until("HAProxy answers", DEADLINE, () -> haProxy.ready() >= 0);
    } catch (Throwable failed) {
      haProxy.close();
      throw new AssertionError(process.output(), failed);
    }
    return haProxy;
  }

  /** On one machine every node has a management port of its own. */
  private static String configuration(List<NodeConfig> nodes) throws IOException {
    String shipped = Files.readString(SHIPPED);
    String servers =
        IntStream.range(0, nodes.size())
            .mapToObj(
                i ->
                    "    server n%d 127.0.0.1:%d port %d\n"
                        .formatted(i, nodes.get(i).port(), nodes.get(i).management()))
            .collect(Collectors.joining());
    return shipped
            .replaceAll("(?m)^    server .*\\R?", "")
            .replace("port \"${SLUICE_NODE_MANAGEMENT_PORT}\"", "")
        + servers;
  }

  int port() {
    return port;
  }

  /** How many nodes clients are sent to; -1 while HAProxy does not answer. */
  int ready() throws InterruptedException {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + management + "/metrics")).build();
      return (int)
          http.send(request, BodyHandlers.ofString())
              .body()
              .lines()
              .filter(line -> line.startsWith("haproxy_server_status{proxy=\"nodes\""))
              .filter(line -> line.contains("state=\"UP\"") && line.endsWith(" 1"))
              .count();
    } catch (IOException down) {
      return -1;
    }
  }

  /** What it logged. */
  String output() throws IOException {
    return process.output();
  }

  @Override
  public void close() throws IOException {
    http.shutdownNow();
    process.close();
  }
}

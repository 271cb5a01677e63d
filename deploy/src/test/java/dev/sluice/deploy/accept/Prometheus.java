package dev.sluice.deploy.accept;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** A real Prometheus with the shipped configuration, but for where the nodes are and how often. */
final class Prometheus implements AutoCloseable {
  private static final Path SHIPPED = Path.of("prometheus");
  private static final Duration DEADLINE = Duration.ofSeconds(60);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final LoggedProcess process;
  private final int port;
  private final HttpClient http = HttpClient.newHttpClient();

  private Prometheus(LoggedProcess process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Scrapes these nodes every second, and has done so once when this returns. */
  static Prometheus start(Path folder, List<SluiceNode> nodes) throws Exception {
    int port = FreePort.next();
    Files.copy(SHIPPED.resolve("alerts.yml"), folder.resolve("alerts.yml"));
    Path file = Files.writeString(folder.resolve("prometheus.yml"), configuration(nodes));
    var process =
        LoggedProcess.start(
            "prometheus",
            folder.resolve("prometheus"),
            List.of(
                "prometheus",
                "--config.file=" + file,
                "--storage.tsdb.path=" + folder.resolve("tsdb"),
                "--web.listen-address=127.0.0.1:" + port));
    var prometheus = new Prometheus(process, port);
    try {
      Await.until(
          "all nodes are scraped",
          DEADLINE,
          () -> prometheus.value("count(sluice_ready == 1)") == nodes.size());
      return prometheus;
    } catch (Throwable failed) {
      prometheus.close();
      throw new AssertionError(process.output(), failed);
    }
  }

  private static String configuration(List<SluiceNode> nodes) throws IOException {
    String targets =
        nodes.stream()
            .map(node -> "127.0.0.1:" + node.config().management())
            .collect(Collectors.joining(", "));
    return Files.readString(SHIPPED.resolve("prometheus.yml"))
        .replace("node-a:9090, node-b:9090, node-c:9090", targets)
        .replaceAll("(_interval): 10s", "$1: 1s")
        .replaceAll("(?s)  - job_name: haproxy.*", "");
  }

  /** The results of a query now. */
  JsonNode query(String expression) throws IOException, InterruptedException {
    return get("/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8));
  }

  /** The one value of a query; NaN while there is none, or nobody answers. */
  double value(String expression) throws InterruptedException {
    try {
      JsonNode value = query(expression).at("/data/result/0/value/1");
      return value.isMissingNode() ? Double.NaN : Double.parseDouble(value.asText());
    } catch (IOException down) {
      return Double.NaN;
    }
  }

  /** The answer of the API. */
  JsonNode get(String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(Duration.ofSeconds(20))
            .build();
    HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
    return JSON.readTree(answer.body());
  }

  @Override
  public void close() throws IOException {
    http.shutdownNow();
    process.close();
  }
}

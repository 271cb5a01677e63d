package dev.sluice.deploy.accept;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator in trouble is told by a node that runs, and how much of it. */
class LogLevelsTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final ObjectMapper JSON = new ObjectMapper();

  /** As in every pod. */
  private static final Map<String, String> KUBERNETES =
      Map.of("KUBERNETES_SERVICE_HOST", "10.96.0.1");

  @TempDir private Path folder;
  @AutoClose private final HttpClient client = HttpClient.newHttpClient();

  @Test
  void aRunningNodeTellsItsDecisionsWhileItIsToldTo() throws Exception {
    try (var upstream = TestUpstream.start(Pace.of(Integer.MAX_VALUE))) {
      GeneratedBlob layer = GeneratedBlob.of(7, 1000);
      upstream.publish("team/app", layer);
      try (var node = SluiceNode.start(config(upstream, ""))) {
        String manifest = "/v2/cache/team/app/manifests/latest";
        assertThat(node.get(manifest).statusCode()).isEqualTo(200);
        assertThat(put(node, "dev.sluice.fetcher", "debug")).isEqualTo(200);
        String blob = "/v2/cache/team/app/blobs/" + layer.digest();
        assertThat(node.get(blob).statusCode()).isEqualTo(200);

        awaitLine(node, "the level of dev.sluice.fetcher is debug now, and was info");
        awaitLine(node, "blob " + layer.digest() + " of cache/team/app comes from cache.registry");
        awaitLine(node, "GET team/app/blobs/" + layer.digest() + " of cache.registry.test");
        assertThat(node.log()).doesNotContain("GET team/app/manifests/latest of");

        assertThat(put(node, "dev.sluice.fetcher", "default")).isEqualTo(200);
        awaitLine(node, "the level of dev.sluice.fetcher is info now, and was debug");
        assertThat(put(node, "root", "debug")).isEqualTo(400);
      }
    }
  }

  @Test
  void theLevelsOfTheConfigurationCountFromTheStart() throws Exception {
    String levels = "log: { levels: { dev.sluice.fetcher: debug, sluice.requests: warn } }\n";
    try (var upstream = TestUpstream.start(Pace.of(Integer.MAX_VALUE))) {
      upstream.publish("team/app", GeneratedBlob.of(7, 1000));
      try (var node = SluiceNode.start(config(upstream, levels))) {
        assertThat(node.get("/v2/cache/team/app/manifests/latest").statusCode()).isEqualTo(200);

        awaitLine(node, "cache/team/app:latest is not here: cache.registry.test is asked");
        assertThat(put(node, "dev.sluice.fetcher", "default")).isEqualTo(200);
        awaitLine(node, "the level of dev.sluice.fetcher is debug now, and was debug");
        assertThat(node.log()).doesNotContain(" requests: ");
      }
    }
  }

  @Test
  void inAContainerEveryLineIsOneJsonObject() throws Exception {
    try (var upstream = TestUpstream.start(Pace.of(Integer.MAX_VALUE));
        var node = SluiceNode.startIn(KUBERNETES, config(upstream, ""))) {
      assertThat(node.get("/v2/").statusCode()).isEqualTo(200);
      assertThat(put(node, "dev.sluice", "warn")).isEqualTo(200);
      awaitLine(node, "the level of dev.sluice is warn now");

      List<String> lines = node.log().lines().toList();
      assertThat(lines).anySatisfy(line -> assertThat(line).contains("\"sluice listens\""));
      for (String line : lines) {
        JsonNode read = JSON.readTree(line);
        assertThat(read.get("time").asText()).endsWith("Z");
        assertThat(read.get("logger").asText()).isNotEmpty();
      }
    }
  }

  private NodeConfig config(TestUpstream upstream, String more) throws IOException {
    return NodeConfig.of(folder.resolve("data"), RuleConfig.daily("cache", upstream.endpoint()))
        .with(more);
  }

  private int put(SluiceNode node, String logger, String level) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + node.config().management() + "/log/" + logger);
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(uri).PUT(BodyPublishers.ofString(level)).build(),
            BodyHandlers.ofString());
    return answer.statusCode();
  }

  private static void awaitLine(SluiceNode node, String words) throws Exception {
    Await.until("a line with " + words, SOON, () -> node.log().contains(words));
  }
}

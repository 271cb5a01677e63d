package dev.sluice.deploy.accept;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ecr.EcrClient;

/** The line that a node writes of each request, as a machine reads it. */
@TestInstance(Lifecycle.PER_CLASS)
class RequestLinesTest {
  private static final Duration WRITTEN_DEADLINE = Duration.ofSeconds(20);

  private final ObjectMapper json = new ObjectMapper();
  private final HttpClient http = HttpClient.newHttpClient();

  private TestUpstream upstream;
  private SluiceNode node;
  private GeneratedBlob layer;
  private String token;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    upstream = TestUpstream.start(Pace.of(Integer.MAX_VALUE));
    layer = ClusterStory.publish(upstream, "team/app", 1, 1).getFirst();
    node =
        SluiceNode.startIn(
            Map.of("SLUICE_LOG_FORMAT", "json"),
            NodeConfig.of(folder.resolve("data"), RuleConfig.daily("cache", upstream.endpoint()))
                .withKey(EcrAdmin.yaml(folder)));
    try (EcrClient client = EcrAdmin.client(node)) {
      token = client.getAuthorizationToken().authorizationData().getFirst().authorizationToken();
    }
  }

  @AfterAll
  void end() throws Exception {
    if (node != null) {
      node.close();
    }
    upstream.close();
  }

  private HttpResponse<String> get(String path, String id) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://" + node.registry() + path))
            .header("Accept", MediaTypes.ACCEPTED)
            .header("Authorization", "Basic " + token);
    if (!id.isEmpty()) {
      request.header("X-Request-Id", id);
    }
    return http.send(request.build(), BodyHandlers.ofString(StandardCharsets.ISO_8859_1));
  }

  /** The line of a request; there is exactly one. */
  private JsonNode line(String id) throws Exception {
    Await.until("the line of " + id, WRITTEN_DEADLINE, () -> !lines(id).isEmpty());
    assertThat(lines(id)).hasSize(1);
    return lines(id).getFirst();
  }

  private List<JsonNode> lines(String id) throws Exception {
    return node.log()
        .lines()
        .filter(line -> line.startsWith("{"))
        .map(this::parsed)
        .filter(line -> line.path("request").asText().equals(id))
        .toList();
  }

  private JsonNode parsed(String line) {
    try {
      return json.readTree(line);
    } catch (JsonProcessingException broken) {
      throw new AssertionError(line, broken);
    }
  }

  @Test
  void aPullTellsWhoTookWhatFromWhere() throws Exception {
    String path = "/v2/cache/team/app/blobs/" + layer.digest();
    assertThat(get(path, "first").statusCode()).isEqualTo(200);
    assertThat(get(path, "second").statusCode()).isEqualTo(200);

    JsonNode first = line("first");
    assertThat(first.path("message").asText()).isEqualTo("GET " + path + " 200");
    assertThat(first.path("client").asText()).isEqualTo("127.0.0.1");
    assertThat(first.path("principal").asText()).isEqualTo(EcrAdmin.ID);
    assertThat(first.path("rule").asText()).isEqualTo("cache");
    assertThat(first.path("outcome").asText()).isEqualTo("miss");
    assertThat(first.path("bytes").isNumber()).isTrue();
    assertThat(first.path("bytes").asLong()).isEqualTo(layer.size());
    assertThat(first.path("ms").isNumber()).isTrue();
    assertThat(line("second").path("outcome").asText()).isEqualTo("hit");
    assertThat(node.log()).doesNotContain(EcrAdmin.SECRET).doesNotContain(token);
  }

  @Test
  void aRefusalIsOneToo() throws Exception {
    assertThat(get("/v2/cache/no/such/manifests/one", "unknown").statusCode()).isEqualTo(404);
    assertThat(line("unknown").path("outcome").asText()).isEqualTo("refused");
  }

  @Test
  void anIdIsMadeWhereNoneIsGiven() throws Exception {
    String id = get("/v2/", "").headers().firstValue("X-Request-Id").orElseThrow();
    assertThat(line(id).path("outcome").asText()).isEqualTo("answered");
  }

  @Test
  void anIdThatIsNoneIsNotTaken() throws Exception {
    String id = get("/v2/", "a b\\c").headers().firstValue("X-Request-Id").orElseThrow();
    assertThat(id).matches("[0-9a-f]{16}");
  }

  @Test
  void whoLeavesInTheMiddleIsToldAsCut() throws Exception {
    GeneratedBlob large = ClusterStory.publish(upstream, "team/large", 1, 64).getFirst();
    String path = "/v2/cache/team/large/blobs/" + large.digest();
    try (RawDownload download = RawDownload.request(node.port(), path)) {
      download.awaitAnswer();
    }
    Await.until(
        "the line of the cut download",
        WRITTEN_DEADLINE,
        () ->
            node.log()
                .lines()
                .anyMatch(line -> line.contains(path) && line.contains("\"outcome\":\"cut\"")));
  }
}

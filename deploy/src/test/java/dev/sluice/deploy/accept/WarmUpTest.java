package dev.sluice.deploy.accept;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node is told to bring images in; later they are pulled while their upstream is gone. */
class WarmUpTest {

  private static final String KEY = "AKIASLUICEADMIN00001";
  private static final String SECRET = "0123456789".repeat(4);
  private static final Duration SOON = Duration.ofSeconds(30);

  @TempDir Path folder;
  @AutoClose private TestUpstream upstream;
  @AutoClose private SluiceNode node;
  @AutoClose private final HttpClient http = HttpClient.newHttpClient();
  private Path secretFile;
  private final GeneratedBlob one = GeneratedBlob.of(1, 300_000);
  private final GeneratedBlob two = GeneratedBlob.of(2, 200_000);

  @BeforeEach
  void start() throws Exception {
    secretFile = Files.writeString(folder.resolve("secret"), SECRET + "\n");
    upstream = TestUpstream.start(Pace.of(Integer.MAX_VALUE));
    upstream.publish("team/one", one);
    upstream.publish("team/two", two);
    String key = "{ id: %s, secretFile: %s, grants: [admin] }".formatted(KEY, secretFile);
    node =
        SluiceNode.start(
            NodeConfig.of(folder.resolve("data"), RuleConfig.daily("up", upstream.endpoint()))
                .withKey(key));
  }

  private void assertPulledWithoutUpstream(String repository, GeneratedBlob layer)
      throws Exception {
    upstream.stop();
    HttpResponse<byte[]> manifest = node.get("/v2/up/" + repository + "/manifests/latest");
    assertThat(manifest.statusCode()).as(node.log()).isEqualTo(200);
    HttpResponse<byte[]> blob = node.get("/v2/up/" + repository + "/blobs/" + layer.digest());
    assertThat(blob.statusCode()).isEqualTo(200);
    assertThat(Sha256.of(blob.body())).isEqualTo(layer.digest());
  }

  private HttpResponse<String> send(HttpRequest.Builder request, String login) throws Exception {
    String pair = Base64.getEncoder().encodeToString(login.getBytes(UTF_8));
    return http.send(
        request.header("Authorization", "Basic " + pair).build(), BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://" + node.registry() + path)).timeout(SOON);
  }

  private HttpRequest.Builder post(String... images) {
    String body = new JsonObject().put("images", new JsonArray(List.of(images))).encode();
    return request("/api/v1/warm-ups")
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(body));
  }

  @Test
  void whatIsPostedIsHereWhenUpstreamIsGone() throws Exception {
    HttpResponse<String> begun =
        send(post("up/team/one", "up/team/two:latest"), KEY + ':' + SECRET);
    assertThat(begun.statusCode()).as(begun.body()).isEqualTo(202);
    String path = begun.headers().firstValue("Location").orElseThrow();

    Await.until(
        "the end of the warm-up",
        SOON,
        () ->
            new JsonObject(send(request(path), KEY + ':' + SECRET).body())
                .getString("state")
                .equals("done"));

    JsonObject ended = new JsonObject(send(request(path), KEY + ':' + SECRET).body());
    assertThat(ended.getJsonObject("images").getInteger("done")).isEqualTo(2);
    assertThat(ended.getLong("bytes")).isGreaterThan(500_000);
    assertThat(node.metric("sluice_warmup_images_waiting")).isZero();
    assertPulledWithoutUpstream("team/one", one);
    assertPulledWithoutUpstream("team/two", two);
  }

  @Test
  void nobodyElseMayPostAnything() throws Exception {
    HttpResponse<String> anonymous =
        http.send(post("up/team/one").build(), BodyHandlers.ofString());
    assertThat(anonymous.statusCode()).isEqualTo(401);
    assertThat(send(post("up/team/one"), KEY + ":wrong").statusCode()).isEqualTo(401);
    assertThat(upstream.countOf("GET ")).isZero();
  }

  @Test
  void theCommandLineFollowsItToTheEnd() throws Exception {
    Path list = folder.resolve("list");
    Files.writeString(list, "# ours\nup/team/one:latest\n\nup/team/two # and theirs\n");

    LoggedProcess ended = run(list.toString());

    assertThat(ended.exitCode()).as(ended.output()).isZero();
    assertThat(ended.output()).contains("2 of 2 images are here, 0 failed;", "done");
    assertPulledWithoutUpstream("team/two", two);
  }

  @Test
  void theCommandLineTellsWhatHasFailed() throws Exception {
    Path list = Files.writeString(folder.resolve("list"), "up/team/one\nup/team/none:1\n");

    LoggedProcess ended = run(list.toString());

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.stderr()).contains("up/team/none:1: up.registry.test has no manifest");
    assertPulledWithoutUpstream("team/one", one);
  }

  @Test
  void theCommandLineTellsWhyNothingBegins() throws Exception {
    Path list = Files.writeString(folder.resolve("list"), "up/team/one\nUP/x\nnowhere/x\n");

    LoggedProcess ended = run(list.toString());

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.stderr().lines())
        .satisfiesExactly(
            line -> assertThat(line).startsWith("sluice: images[1]: \"UP/x\" is not an image"),
            line -> assertThat(line).startsWith("sluice: images[2]: no rule covers nowhere/x"));
    assertThat(upstream.countOf("GET ")).isZero();
  }

  private LoggedProcess run(String... words) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of("dev.sluice.deploy.Main", "warm-up"));
    command.addAll(List.of("--url", "http://" + node.registry()));
    command.addAll(List.of("--user", KEY, "--password-file", secretFile.toString()));
    command.addAll(List.of(words));
    LoggedProcess process = LoggedProcess.start("warm-up", folder.resolve("cli"), command);
    assertThat(process.endsWithin(SOON)).isTrue();
    return process;
  }
}

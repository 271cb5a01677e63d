package dev.sluice.deploy.accept;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real clients pull Docker Hub's images by their own names, as {@code mirror-config} has them
 * configured, and by the other ways; upstream is a registry on this machine.
 */
@RequiresClients
class WaysTest {
  private static final String IMAGE = "docker.io/team/app:v1";
  private static final String VIRTUAL_HOST = "virtualHosts: { 127.0.0.1: docker-hub }\n";
  private static final String OFFICIAL = "docker.io/library/say:v1";

  @TempDir Path folder;
  private DockerRegistry registry;
  private CountingProxy proxy;
  private TestImage image;
  private SluiceNode node;
  private MirrorFiles files;

  @BeforeEach
  void startRegistry() throws Exception {
    registry = DockerRegistry.start(folder.resolve("registry"));
    proxy = CountingProxy.before(registry.endpoint());
    image = TestImage.saying("hello", folder.resolve("image"));
    var skopeo = new Skopeo(folder.resolve("skopeo"));
    skopeo.push(image, registry.address() + "/team/app:v1");
    skopeo.push(image, registry.address() + "/library/say:v1");
  }

  @AfterEach
  void stopWhatWasStarted() throws Exception {
    try (var _ = registry;
        var _ = proxy) {
      if (node != null) {
        node.close();
      }
    }
  }

  @Test
  void dockerPullsThroughARootRuleAsItsMirror() throws Exception {
    startNode("ROOT", "");
    try (var dockerd = Dockerd.start(folder.resolve("docker"), files.daemonJson())) {
      dockerd.pull("team/app:v1");
      dockerd.pull("say:v1");

      assertThat(dockerd.run("team/app:v1")).isEqualTo("hello");
    }
    assertUpstreamWasAskedOnceFor("/v2/team/app/manifests/v1", "/v2/library/say/manifests/v1");
  }

  @Test
  void dockerPullsThroughAHostOfTheRuleAsItsMirror() throws Exception {
    startNode("docker-hub", VIRTUAL_HOST);
    try (var dockerd = Dockerd.start(folder.resolve("docker"), files.daemonJson())) {
      dockerd.pull("team/app:v1");
      dockerd.pull("say:v1");

      assertThat(dockerd.run("say:v1")).isEqualTo("hello");
      dockerd.pull(byName());
    }
    assertUpstreamWasAskedOnceFor("/v2/team/app/manifests/v1", "/v2/library/say/manifests/v1");
  }

  @Test
  void containerdPullsByEveryWay() throws Exception {
    startNode("docker-hub", VIRTUAL_HOST);
    List<Path> ways =
        List.of(
            files.containerdHosts(),
            files.containerdHosts(host("localhost", "/v2/docker-hub")),
            files.containerdHosts(host("localhost", "/docker-hub/v2")),
            files.containerdHosts(host("127.0.0.1", "/v2")));
    try (var containerd = Containerd.start(folder.resolve("containerd"))) {
      for (Path way : ways) {
        containerd.pull(way, IMAGE);
        containerd.pull(way, OFFICIAL);
      }
      containerd.pull(ways.getFirst(), byName());
    }
    assertUpstreamWasAskedOnceFor("/v2/team/app/manifests/v1", "/v2/library/say/manifests/v1");
  }

  @Test
  void podmanAndSkopeoPullAsTheirFileSays() throws Exception {
    startNode("docker-hub", VIRTUAL_HOST);
    Path registries = Files.writeString(folder.resolve("registries.conf"), files.of("podman"));
    var podman = Podman.with(folder.resolve("podman"), registries);
    var skopeo = Skopeo.with(folder.resolve("skopeo-mirrored"), registries);

    assertThat(image.digests()).contains("sha256:" + podman.pull(IMAGE));
    assertThat(image.digests()).contains("sha256:" + podman.pull(OFFICIAL));
    skopeo.pullAll(IMAGE);
    String virtual = "127.0.0.1:" + node.port() + "/team/app:v1";
    assertThat(image.digests()).contains("sha256:" + podman.pull(virtual));
    skopeo.pullAll(virtual);
    assertUpstreamWasAskedOnceFor("/v2/team/app/manifests/v1", "/v2/library/say/manifests/v1");
  }

  @Test
  @RequiresBuildKit
  void buildKitPullsByEveryWay() throws Exception {
    startNode("docker-hub", VIRTUAL_HOST);
    List<String> ways =
        List.of(
            files.of("buildkit"),
            mirror("localhost:" + node.port(), "/docker-hub"),
            mirror("127.0.0.1:" + node.port(), ""));
    for (int i = 0; i < ways.size(); i++) {
      try (var buildkit = BuildKit.start(folder.resolve("b" + i), ways.get(i))) {
        buildkit.buildOn("team/app:v1");
        buildkit.buildOn("say:v1");
        if (i == 0) {
          buildkit.buildOn(byName());
        }
      }
    }
    assertUpstreamWasAskedOnceFor("/v2/team/app/manifests/v1", "/v2/library/say/manifests/v1");
  }

  @Test
  void whateverTheWayTheLogHasOneName() throws Exception {
    startNode("docker-hub", VIRTUAL_HOST);
    String name = "team/app/manifests/v1";
    get("localhost", "/v2/docker-hub/" + name);
    HttpResponse<String> mirrored = get("localhost", "/v2/" + name + "?ns=docker.io");
    get("localhost", "/docker-hub/v2/" + name);
    get("127.0.0.1", "/v2/" + name);

    assertThat(mirrored.headers().firstValue("OCI-Namespace")).hasValue("docker.io");
    Await.until("a line each", Duration.ofSeconds(20), () -> lines(name).size() == 4);
    assertThat(lines(name)).allMatch(line -> line.contains("rule=docker-hub"));
  }

  private List<String> lines(String name) throws Exception {
    return node.log().lines().filter(line -> line.contains("GET /v2/docker-hub/" + name)).toList();
  }

  private String byName() {
    return "localhost:" + node.port() + "/docker-hub/team/app:v1";
  }

  private void startNode(String prefix, String more) throws Exception {
    var rule = new RuleConfig(prefix, "docker.io", proxy.endpoint(), "24h");
    NodeConfig config = NodeConfig.of(folder.resolve("data"), rule);
    config = config.with("publicUrl: http://localhost:" + config.port() + '\n' + more);
    files = new MirrorFiles(folder.resolve("files"), config);
    node = SluiceNode.start(config);
  }

  /** Every client transferred all of its platform: what came from upstream came for all of them. */
  private void assertUpstreamWasAskedOnceFor(String... manifests) {
    List<CountingProxy.Request> requests = proxy.requests();
    assertThat(requests).doesNotHaveDuplicates();
    assertThat(requests.stream().map(CountingProxy.Request::path)).contains(manifests);
  }

  private String host(String host, String path) {
    return """
    [host."http://%s:%d%s"]
      capabilities = ["pull", "resolve"]
      override_path = true
    """
        .formatted(host, node.port(), path);
  }

  private static String mirror(String authority, String path) {
    return """
    [registry."docker.io"]
      mirrors = ["%1$s%2$s"]
    [registry."%1$s"]
      http = true
    """
        .formatted(authority, path);
  }

  private HttpResponse<String> get(String host, String path) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://" + host + ':' + node.port() + path))
              .header("Accept", MediaTypes.ACCEPTED)
              .build();
      HttpResponse<String> answer =
          http.send(request, BodyHandlers.ofString(StandardCharsets.UTF_8));
      assertThat(answer.statusCode()).as(path).isEqualTo(200);
      return answer;
    }
  }
}

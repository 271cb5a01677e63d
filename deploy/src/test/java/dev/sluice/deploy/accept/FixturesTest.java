package dev.sluice.deploy.accept;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tests' own instruments, tried without a node between client and registry. */
@RequiresClients
class FixturesTest {
  @TempDir Path folder;

  @Test
  void everyClientPullsTheTestImageStraightFromTheRegistry() throws Exception {
    TestImage image = TestImage.saying("straight", folder.resolve("image"));
    var skopeo = new Skopeo(folder.resolve("skopeo"));
    try (var registry = DockerRegistry.start(folder.resolve("registry"));
        var dockerd = Dockerd.start(folder.resolve("docker"))) {
      String name = registry.address() + "/team/app";
      skopeo.push(image, name + ":v1");

      dockerd.pull(name + ":v1");
      assertThat(dockerd.run(name + ":v1")).isEqualTo("straight");
      assertThat(skopeo.digestOf(name + ":v1")).isEqualTo(image.digest());
      skopeo.pullAll(name + "@" + image.digest());
      String podman = new Podman(folder.resolve("podman")).pull(name + "@" + image.digest());
      assertThat(podman).hasSize(64);
    }
  }

  @Test
  void theProxyPassesContentUnchangedAndNotesEachRequest() throws Exception {
    TestImage image = TestImage.saying("counted", folder.resolve("image"));
    try (var registry = DockerRegistry.start(folder.resolve("registry"));
        var proxy = CountingProxy.before(registry.endpoint());
        var http = HttpClient.newHttpClient()) {
      new Skopeo(folder.resolve("skopeo")).push(image, registry.address() + "/team/app:v1");
      String path = "/v2/team/app/manifests/v1";
      var request =
          HttpRequest.newBuilder(URI.create(proxy.endpoint() + path))
              .header("Accept", MediaTypes.ACCEPTED)
              .build();

      HttpResponse<byte[]> answer = http.send(request, BodyHandlers.ofByteArray());

      assertThat(answer.headers().firstValue("Content-Type")).hasValue(MediaTypes.INDEX);
      assertThat(Sha256.of(answer.body())).isEqualTo(image.digest());
      assertThat(proxy.requests()).containsExactly(new CountingProxy.Request("GET", path));
    }
  }
}

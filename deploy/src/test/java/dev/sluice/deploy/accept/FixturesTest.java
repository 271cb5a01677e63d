package dev.sluice.deploy.accept;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
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
      assertThat(skopeo.pullAll(name + "@" + image.digest()).exit()).isZero();
      String podman = new Podman(folder.resolve("podman")).pull(name + "@" + image.digest());
      assertThat(podman).hasSize(64);
    }
  }

  @Test
  void theProxyNotesEveryRequestOfAPull() throws Exception {
    TestImage image = TestImage.saying("counted", folder.resolve("image"));
    var skopeo = new Skopeo(folder.resolve("skopeo"));
    try (var registry = DockerRegistry.start(folder.resolve("registry"));
        var proxy = CountingProxy.before(registry.endpoint())) {
      skopeo.push(image, registry.address() + "/team/app:v1");
      String name = proxy.endpoint().substring("http://".length()) + "/team/app:v1";

      assertThat(skopeo.pullAll(name).exit()).isZero();

      assertThat(proxy.requests())
          .contains(new CountingProxy.Request("GET", "/v2/team/app/manifests/v1"));
      List<String> parts =
          image.digests().stream().filter(digest -> !digest.equals(image.digest())).toList();
      assertThat(parts).hasSize(6).allMatch(proxy::hasFetched);
    }
  }
}

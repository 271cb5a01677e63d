package dev.sluice.deploy.accept;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tag that upstream moved is seen as moved by every client once its interval is over. */
@RequiresClients
class MovedTagTest {
  @TempDir Path folder;

  @Test
  void everyClientGetsTheNewImageAfterTheInterval() throws Exception {
    var skopeo = new Skopeo(folder.resolve("skopeo"));
    try (var registry = DockerRegistry.start(folder.resolve("registry"));
        var node = startWithShortInterval(registry);
        var dockerd = Dockerd.start(folder.resolve("docker"))) {
      String upstream = registry.address() + "/team/app:latest";
      String name = node.registry() + "/quick/team/app:latest";
      skopeo.push(TestImage.saying("old", folder.resolve("old")), upstream);
      dockerd.pull(name);
      assertThat(dockerd.run(name)).isEqualTo("old");

      TestImage moved = TestImage.saying("new", folder.resolve("new"));
      skopeo.push(moved, upstream);

      Await.until(
          "the tag's new digest through the node",
          Duration.ofSeconds(30),
          () -> skopeo.digestOf(name).equals(moved.digest()));
      dockerd.pull(name);
      assertThat(dockerd.run(name)).isEqualTo("new");
      String podman = new Podman(folder.resolve("podman")).pull(name);
      assertThat(moved.digests()).contains("sha256:" + podman);
    }
  }

  private SluiceNode startWithShortInterval(DockerRegistry registry) throws Exception {
    var rule = new RuleConfig("quick", "quick.registry.test", registry.endpoint(), "3s");
    return SluiceNode.start(NodeConfig.of(folder.resolve("data"), rule));
  }
}

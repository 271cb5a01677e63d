package dev.sluice.deploy.accept;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Docker, skopeo and podman pull images of a real registry through a node. */
@RequiresClients
class RealClientsTest {
  private static final String REPOSITORY = "/cache/team/app";

  @TempDir Path folder;
  private DockerRegistry registry;
  private CountingProxy proxy;
  private SluiceNode node;
  private Skopeo skopeo;

  @BeforeEach
  void startRegistryAndNode() throws Exception {
    skopeo = new Skopeo(folder.resolve("skopeo"));
    registry = DockerRegistry.start(folder.resolve("registry"));
    proxy = CountingProxy.before(registry.endpoint());
    RuleConfig rule = RuleConfig.daily("cache", proxy.endpoint());
    node = SluiceNode.start(NodeConfig.of(folder.resolve("data"), rule));
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
  void dockerPullsByTagAndByDigestAndTheImagesRun() throws Exception {
    push("by tag", "v1");
    TestImage second = push("by digest", "v2");
    try (var dockerd = Dockerd.start(folder.resolve("docker"))) {
      dockerd.pull(name(":v1"));
      dockerd.pull(name("@" + second.digest()));

      assertThat(dockerd.run(name(":v1"))).isEqualTo("by tag");
      assertThat(dockerd.run(name("@" + second.digest()))).isEqualTo("by digest");
    }
  }

  @Test
  void skopeoCopiesEveryPlatformByTagAndByDigestByteForByte() throws Exception {
    TestImage image = push("hello", "v1");

    assertThat(skopeo.digestOf(name(":v1"))).isEqualTo(image.digest());
    skopeo.pullAll(name(":v1"));
    skopeo.pullAll(name("@" + image.digest()));
  }

  @Test
  void podmanPullsByTagAndByDigest() throws Exception {
    TestImage image = push("hello", "v1");
    var podman = new Podman(folder.resolve("podman"));

    assertThat(image.digests()).contains("sha256:" + podman.pull(name(":v1")));
    assertThat(image.digests()).contains("sha256:" + podman.pull(name("@" + image.digest())));
  }

  @Test
  void onePullOfOnePlatformCachesAllPlatforms() throws Exception {
    TestImage image = push("hello", "v1");
    try (var dockerd = Dockerd.start(folder.resolve("docker"))) {
      dockerd.pull(name(":v1"));
    }
    awaitFetchOfEverythingIn(image);
    stopUpstream();

    Await.until(
        "a copy of all platforms from the cache",
        Duration.ofSeconds(20),
        () -> skopeo.copyAll(name("@" + image.digest())).exit() == 0);
  }

  @Test
  void everyClientPullsCachedImagesWhileTheRegistryIsStopped() throws Exception {
    TestImage image = push("still here", "v1");
    skopeo.pullAll(name(":v1"));
    stopUpstream();

    try (var dockerd = Dockerd.start(folder.resolve("docker"))) {
      dockerd.pull(name(":v1"));
      assertThat(dockerd.run(name(":v1"))).isEqualTo("still here");
    }
    try (var dockerd = Dockerd.start(folder.resolve("docker-by-digest"))) {
      dockerd.pull(name("@" + image.digest()));
    }
    skopeo.pullAll(name(":v1"));
    skopeo.pullAll(name("@" + image.digest()));
    var podman = new Podman(folder.resolve("podman"));
    podman.pull(name(":v1"));
    podman.pull(name("@" + image.digest()));
  }

  @Test
  void aMovedTagStaysOldInsideTheIntervalWithoutAnUpstreamRequest() throws Exception {
    TestImage old = push("old", "latest");
    skopeo.pullAll(name(":latest"));
    awaitFetchOfEverythingIn(old);
    push("new", "latest");
    int before = proxy.requests().size();

    try (var dockerd = Dockerd.start(folder.resolve("docker"))) {
      dockerd.pull(name(":latest"));
      assertThat(dockerd.run(name(":latest"))).isEqualTo("old");
    }
    assertThat(skopeo.digestOf(name(":latest"))).isEqualTo(old.digest());
    String podman = new Podman(folder.resolve("podman")).pull(name(":latest"));
    assertThat(old.digests()).contains("sha256:" + podman);
    assertThat(proxy.requests()).hasSize(before);
  }

  private TestImage push(String message, String tag) throws Exception {
    TestImage image = TestImage.saying(message, folder.resolve("image-" + message.hashCode()));
    skopeo.push(image, registry.address() + "/team/app:" + tag);
    return image;
  }

  private String name(String reference) {
    return node.registry() + REPOSITORY + reference;
  }

  private void awaitFetchOfEverythingIn(TestImage image) throws Exception {
    Await.until(
        "the node fetched everything that the index names",
        Duration.ofSeconds(30),
        () ->
            image.digests().stream()
                .filter(digest -> !digest.equals(image.digest()))
                .allMatch(proxy::hasFetched));
  }

  private void stopUpstream() throws Exception {
    proxy.close();
    registry.stop();
  }
}

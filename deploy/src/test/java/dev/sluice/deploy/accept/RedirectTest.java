package dev.sluice.deploy.accept;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients read blobs at the bucket themselves. */
@RequiresClients
class RedirectTest {
  @TempDir Path folder;

  @Test
  void clientsReadBlobsAtTheBucketAndTheGatewaySendsNone() throws Exception {
    var skopeo = new Skopeo(folder.resolve("skopeo"));
    try (var bucket = TestBucket.start(folder);
        var registry = DockerRegistry.start(folder.resolve("registry"))) {
      TestImage image = TestImage.saying("from the bucket", folder.resolve("image"));
      skopeo.push(image, registry.address() + "/team/app:v1");
      RuleConfig rule = RuleConfig.daily("cache", registry.endpoint());
      NodeConfig config = NodeConfig.of(folder.resolve("data"), rule).with(bucket.yaml(true));
      try (var node = SluiceNode.start(config)) {
        String name = node.registry() + "/cache/team/app:v1";
        // All of the image is brought in for that; who had taken a blob is taken for coming back.
        assertThat(node.get("/v2/cache/team/app/manifests/v1").statusCode()).isEqualTo(200);
        bucket.awaitAll(image.digests());
        double before = blobBytes(node);

        skopeo.pullAll(name);
        try (var dockerd = Dockerd.start(folder.resolve("docker"))) {
          dockerd.pull(name);
          assertThat(dockerd.run(name)).isEqualTo("from the bucket");
        }

        assertThat(blobBytes(node)).isEqualTo(before);
        assertThat(redirects(node)).isGreaterThanOrEqualTo(image.digests().size() - 3);
      }
    }
  }

  /** Bytes of blobs that clients got of the node itself. */
  private static double blobBytes(SluiceNode node) throws Exception {
    return sum(node, "sluice_sent_bytes_total", "operation=\"blob\"");
  }

  private static double redirects(SluiceNode node) throws Exception {
    return sum(node, "sluice_request_duration_seconds_count", "code=\"307\"");
  }

  private static double sum(SluiceNode node, String metric, String label) throws Exception {
    Stream<String> lines = node.metrics().lines();
    return lines
        .filter(line -> line.startsWith(metric + '{') && line.contains(label))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }
}

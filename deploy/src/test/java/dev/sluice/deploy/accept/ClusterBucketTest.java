package dev.sluice.deploy.accept;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What nodes keep together in a bucket outlives their disks. */
@RequiresCluster
class ClusterBucketTest {
  @TempDir Path folder;

  @Test
  void whatOneNodePulledOutlivesAllDisksAndTheUpstream() throws Exception {
    try (var bucket = TestBucket.start(folder);
        var upstream = TestUpstream.start(Pace.of(64 << 20));
        var cluster =
            TestCluster.start(
                folder,
                3,
                SharedRedis.start(),
                bucket.yaml(false),
                RuleConfig.daily("cache", upstream.endpoint()))) {
      List<GeneratedBlob> layers = ClusterStory.publish(upstream, "team/app", 3, 20);
      assertPulls(cluster.node(0), layers);
      bucket.awaitAll(layers.stream().map(GeneratedBlob::digest).toList());
      awaitManifest(bucket, layers.size());
      Map<String, Long> before = upstream.blobGets();
      upstream.stop();

      cluster.loseDisks();

      assertPulls(cluster.node(1), layers);
      assertPulls(cluster.node(2), layers);
      assertThat(upstream.blobGets()).isEqualTo(before);
    }
  }

  private static void assertPulls(SluiceNode node, List<GeneratedBlob> layers) throws Exception {
    var pull = new DockerLikePull(node.port(), "team/app", layers);
    assertThat(pull.run().trouble()).as(node.log()).isEmpty();
  }

  /** This kind of pull asks for no config, so the manifest is the only other object. */
  private static void awaitManifest(TestBucket bucket, int layers) throws Exception {
    Await.until(
        "the manifest is in the bucket too",
        Duration.ofSeconds(60),
        () -> bucket.hexes().size() > layers);
  }
}

package dev.sluice.deploy.accept;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.deploy.accept.DockerLikePull.Result;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A herd pulls an uncached image through three nodes. {@code -Dsluice.test.clients=300
 * -Dsluice.test.layers=8 -Dsluice.test.mebibytes=64} is the size that is quoted.
 */
@RequiresCluster
class ClusterHerdTest {
  private static final Logger LOG = LoggerFactory.getLogger(ClusterHerdTest.class);

  private static final int CLIENTS = Integer.getInteger("sluice.test.clients", 24);
  private static final int LAYERS = Integer.getInteger("sluice.test.layers", 4);
  private static final int MEBIBYTES = Integer.getInteger("sluice.test.mebibytes", 8);
  private static final long UPSTREAM_BYTES_PER_SECOND = 40L << 20;

  @TempDir Path folder;

  @Test
  void theClusterFetchesEachLayerOnceHoweverManyPullIt() throws Exception {
    try (var upstream = TestUpstream.start(Pace.of(UPSTREAM_BYTES_PER_SECOND));
        var cluster =
            TestCluster.start(folder, 3, RuleConfig.daily("cache", upstream.endpoint()))) {
      List<GeneratedBlob> layers = ClusterStory.publish(upstream, "team/app", LAYERS, MEBIBYTES);
      var pull = new DockerLikePull(cluster.port(), "team/app", layers);

      List<Result> results = ClusterStory.herd(CLIENTS, pull).join();

      ClusterStory.assertNoneFailed(results);
      ClusterStory.assertFetched(cluster, upstream, layers, 1);
      assertThat(upstream.count("GET /v2/team/app/manifests/latest")).isOne();
      double slowest = results.stream().mapToDouble(Result::seconds).max().orElseThrow();
      double direct = new DockerLikePull(upstream.port(), "", "team/app", layers).run().seconds();
      LOG.info(
          "{} clients, {} x {} MiB: {} s; one client, upstream itself: {} s",
          CLIENTS,
          LAYERS,
          MEBIBYTES,
          slowest,
          direct);
    }
  }
}

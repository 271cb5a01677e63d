package dev.sluice.deploy.accept;

import dev.sluice.deploy.accept.DockerLikePull.Result;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Nodes are killed, frozen and restarted while a herd pulls what nobody has pulled before. {@code
 * -Dsluice.test.kills=50} is the number that is quoted; {@code -Dsluice.test.seed} repeats a run;
 * {@code -Dsluice.test.frozen=90} freezes nodes for so many seconds.
 */
@RequiresCluster
class NodeLossTest {
  private static final Logger LOG = LoggerFactory.getLogger(NodeLossTest.class);

  private static final int KILLS = Integer.getInteger("sluice.test.kills", 3);
  private static final int FROZEN_SECONDS = Integer.getInteger("sluice.test.frozen", 8);
  private static final int CLIENTS = Integer.getInteger("sluice.test.clients", 12);
  private static final int LAYERS = 4;
  private static final int MEBIBYTES = 6;
  private static final long SEED = Long.getLong("sluice.test.seed", System.nanoTime());

  /** A pull takes some two seconds, of which any may be the last of a node. */
  private static final long UPSTREAM_BYTES_PER_SECOND = 4L << 20;

  private static final long LATEST_KILL_MILLIS = 2_200;

  private final Random random = new Random(SEED);

  @TempDir Path folder;

  @Test
  void aNodeKilledAtAnyMomentFailsNoPull() throws Exception {
    LOG.info("seed {}", SEED);
    loseNodes(
        KILLS,
        (cluster, _) -> {
          int victim = random.nextInt(3);
          Await.pass(Duration.ofMillis(random.nextLong(LATEST_KILL_MILLIS)));
          cluster.kill(victim);
          return victim;
        });
  }

  @Test
  void aNodeThatIsRestartedInOrderFailsNoPull() throws Exception {
    loseNodes(
        3,
        (cluster, round) -> {
          cluster.node(round).stop();
          return round;
        });
  }

  /** How a node goes in a round, and which one it was. */
  private interface Departure {
    int from(TestCluster cluster, int round) throws Exception;
  }

  /** A node goes while clients pull, no pull fails, and it comes back; round after round. */
  private void loseNodes(int rounds, Departure departure) throws Exception {
    try (var upstream = TestUpstream.start(Pace.of(UPSTREAM_BYTES_PER_SECOND));
        var cluster =
            TestCluster.start(folder, 3, RuleConfig.daily("cache", upstream.endpoint()))) {
      for (int round = 0; round < rounds; round++) {
        String repository = "team/app" + round;
        List<GeneratedBlob> layers = ClusterStory.publish(upstream, repository, LAYERS, MEBIBYTES);
        CompletableFuture<List<Result>> herd = herd(cluster, repository, layers);
        int gone = departure.from(cluster, round);

        ClusterStory.assertNoneFailed(herd.join());
        ClusterStory.assertFetched(cluster, upstream, layers, 2);
        cluster.restart(gone);
        cluster.awaitWhole();
      }
    }
  }

  @Test
  void aFrozenNodeFailsNoPullAndIsItselfAgainSoon() throws Exception {
    freeze(1);
  }

  @Test
  void twoFrozenNodesFailNoPullAndAreThemselvesAgainSoon() throws Exception {
    freeze(1, 2);
  }

  private void freeze(int... frozen) throws Exception {
    try (var upstream = TestUpstream.start(Pace.of(UPSTREAM_BYTES_PER_SECOND));
        var cluster =
            TestCluster.start(folder, 3, RuleConfig.daily("cache", upstream.endpoint()))) {
      List<GeneratedBlob> layers = ClusterStory.publish(upstream, "team/app", LAYERS, MEBIBYTES);
      CompletableFuture<List<Result>> herd = herd(cluster, "team/app", layers);
      Await.pass(Duration.ofMillis(700));
      for (int node : frozen) {
        cluster.freeze(node, true);
      }
      long begun = System.nanoTime();
      // Clients of a frozen node wait for it, as behind any load balancer; others do not.
      assertServedBeside(cluster, "team/app", layers);
      LOG.info("beside a frozen node: {} s", (System.nanoTime() - begun) / 1e9);
      List<GeneratedBlob> fresh = ClusterStory.publish(upstream, "team/fresh", 1, 1);
      assertServedBeside(cluster, "team/fresh", fresh);
      Await.pass(Duration.ofSeconds(FROZEN_SECONDS).minusNanos(System.nanoTime() - begun));
      for (int node : frozen) {
        cluster.freeze(node, false);
      }
      long thawed = System.nanoTime();

      ClusterStory.assertNoneFailed(herd.join());
      ClusterStory.assertFetched(cluster, upstream, layers, 1 + frozen.length);
      cluster.awaitWhole();
      LOG.info("whole again after {} s", (System.nanoTime() - thawed) / 1e9);
    }
  }

  private static void assertServedBeside(
      TestCluster cluster, String repository, List<GeneratedBlob> layers) {
    var others = new DockerLikePull(cluster.node(0).port(), repository, layers);
    ClusterStory.assertNoneFailed(ClusterStory.herd(4, others).join());
  }

  private CompletableFuture<List<Result>> herd(
      TestCluster cluster, String repository, List<GeneratedBlob> layers) {
    return ClusterStory.herd(CLIENTS, new DockerLikePull(cluster.port(), repository, layers));
  }
}

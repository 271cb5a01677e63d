package dev.sluice.deploy.accept;

import dev.sluice.metadata.redis.RedisSentinels;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three nodes under a steady load whose Redis has a replica and sentinels. */
@RequiresCluster
class RedisFailoverTest {
  private static final long SEED = Long.getLong("sluice.test.seed", System.nanoTime());

  @TempDir Path folder;

  @Test
  void aMasterThatIsKilledFailsNoPullAndItsReplicaTakesOver() throws Exception {
    RedisSentinels redis = RedisSentinels.start();
    try (var story = RedisStory.start(folder, SharedRedis.of(redis), SEED)) {
      story
          .tell(
              "the master of Redis is killed",
              () -> {
                redis.master().kill();
                Await.until(
                    "the replica is the master",
                    Duration.ofSeconds(30),
                    () -> redis.replica().cli("info", "replication").contains("role:master"));
              },
              () -> {})
          .assertNoneFailed();
      story.awaitNames(redis.replica());
    }
  }
}

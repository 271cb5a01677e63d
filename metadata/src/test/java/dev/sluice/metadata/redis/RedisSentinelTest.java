package dev.sluice.metadata.redis;

import static dev.sluice.metadata.Samples.entry;
import static dev.sluice.metadata.Samples.repository;
import static dev.sluice.metadata.Samples.tag;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.metadata.Answers;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.metadata.TagEntry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A master that is lost, or gives its part to a replica. */
@RequiresRedis
class RedisSentinelTest {

  private static final RepositoryName ALPINE = repository("alpine");

  private final Vertx vertx = Vertx.vertx();
  private RedisSentinels sentinels;
  private RedisMetadata metadata;

  @BeforeEach
  void start() throws Exception {
    sentinels = RedisSentinels.start();
    metadata = RedisMetadata.open(vertx, sentinels.settings(), kind -> {});
  }

  @AfterEach
  void stop() throws Exception {
    metadata.close();
    Answers.of(vertx.close());
    sentinels.close();
  }

  @Test
  void afterTheLossOfTheMasterWritesWorkAgain() throws Exception {
    Answers.of(point("before"));
    sentinels.replica().await("before", "hkeys", "sluice:{alpine}:tags");
    sentinels.master().kill();

    pointAtLast("after", Duration.ofSeconds(20));
    assertThat(Answers.of(metadata.tags().tags(ALPINE)))
        .containsExactly(tag("after"), tag("before"));
  }

  /** The old master is there, and readable, but refuses writes. */
  @Test
  void afterAMasterGaveItsPartAwayWritesWorkAgain() throws Exception {
    Answers.of(point("before"));
    sentinels.replica().await("before", "hkeys", "sluice:{alpine}:tags");
    sentinels.first().cli("sentinel", "failover", "mymaster");
    sentinels.replica().await("role:master", "info", "replication");
    sentinels.master().await("role:slave", "info", "replication");

    pointAtLast("after", Duration.ofSeconds(10));
    assertThat(sentinels.replica().cli("hkeys", "sluice:{alpine}:tags")).contains("after");
  }

  @Test
  void changesAreHeardOfTheNewMaster() throws Exception {
    HeardChanges heard = new HeardChanges();
    try (RedisChanges here = RedisChanges.open(vertx, sentinels.settings());
        RedisChanges elsewhere = RedisChanges.open(vertx, sentinels.settings())) {
      here.start(heard);
      heard.await("everything");
      sentinels.master().kill();
      heard.await("everything");
      elsewhere.rules();
      heard.awaitPast("rules");
    }
  }

  private Future<Void> point(String name) {
    return metadata.tags().point(ALPINE, tag(name), entry(name));
  }

  private void pointAtLast(String name, Duration within) throws Exception {
    TagEntry entry = entry(name);
    long begin = System.nanoTime();
    while (true) {
      try {
        Answers.of(metadata.tags().point(ALPINE, tag(name), entry));
        return;
      } catch (ExecutionException notYet) {
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).as("%s", notYet).isLessThan(within);
      }
    }
  }
}

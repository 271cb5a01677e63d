package dev.sluice.deploy.accept;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.metadata.redis.RedisServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three nodes under a steady load lose the Redis that they share, in all ways in which that can
 * happen. {@code -Dsluice.test.seconds=10} is how long each fault lasts in the long form; {@code
 * -Dsluice.test.strict=true} judges times as well, which a busy machine does not keep.
 */
@RequiresCluster
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RedisTroubleTest {
  private static final Duration LASTS =
      Duration.ofSeconds(Integer.getInteger("sluice.test.seconds", 3));
  private static final long SEED = Long.getLong("sluice.test.seed", System.nanoTime());
  private static final int GARBLINGS = 4;

  /**
   * Every value becomes noise or one of another type, or its fields do. Rules keep their type:
   * where they lose it, the next one that is made is the only one there is.
   */
  private static final String GARBLE =
      """
      math.randomseed(tonumber(ARGV[1]))
      local function noise()
        local text = {}
        for i = 1, math.random(0, 40) do text[i] = string.char(math.random(0, 255)) end
        return table.concat(text)
      end
      local keys = redis.call('keys', 'sluice:*')
      table.sort(keys)
      for _, key in ipairs(keys) do
        local type = redis.call('type', key)['ok']
        local dice = key == 'sluice:rules' and 3 or math.random(4)
        if dice == 1 then
          redis.call('set', key, noise())
        elseif dice == 2 then
          redis.call('del', key)
          redis.call('rpush', key, noise())
        elseif type == 'hash' then
          for _, field in ipairs(redis.call('hkeys', key)) do
            redis.call('hset', key, field, noise())
          end
        elseif type == 'set' then
          redis.call('sadd', key, noise())
        end
      end
      return #keys
      """;

  @TempDir private static Path folder;

  private static RedisServer redis;
  private static RedisStory story;

  private final Random random = new Random(SEED);

  @BeforeAll
  static void start() throws Exception {
    redis = RedisServer.start();
    story = RedisStory.start(folder, SharedRedis.of(redis), SEED);
  }

  @AfterAll
  static void stop() throws Exception {
    if (story != null) {
      story.close();
    }
  }

  @Test
  void aRedisThatIsGoneAndComesBackEmpty() throws Exception {
    story
        .tell(
            "Redis is gone",
            () -> {
              redis.cli("shutdown", "nosave");
              Await.pass(LASTS);
            },
            redis::restart)
        .assertNoneFailed();
    story.awaitNames(redis);
  }

  @Test
  void aRedisThatPauses() throws Exception {
    story
        .tell(
            "Redis pauses",
            () -> {
              redis.cli("client", "pause", Long.toString(LASTS.toMillis()), "ALL");
              Await.pass(LASTS);
            },
            () -> {})
        .assertNoneFailed();
  }

  @Test
  void aRedisThatIsFrozen() throws Exception {
    story
        .tell(
            "Redis is frozen",
            () -> {
              redis.pause(true);
              Await.pass(LASTS);
            },
            () -> redis.pause(false))
        .assertNoneFailed();
  }

  @Test
  void aRedisThatIsFull() throws Exception {
    story
        .tell(
            "Redis is full",
            () -> {
              redis.cli("config", "set", "maxmemory", "1");
              Await.pass(LASTS);
            },
            () -> redis.cli("config", "set", "maxmemory", "0"))
        .assertNoneFailed();
  }

  /** Late, since the nodes give upstream a rest after it. */
  @Test
  @Order(Integer.MAX_VALUE - 1)
  void aRedisThatIsEmptiedWhileNothingElseCouldTell() throws Exception {
    List<SmallRequest> lone = story.images().lone();
    story
        .tell(
            "Redis is emptied, upstream gone",
            List.of(),
            () -> {
              story.upstream().stop();
              redis.cli("flushall");
              Await.pass(LASTS);
              story.awaitNames(redis);
              story.images().assertAllServed();
              // The one node that knew them has told Redis of them.
              story.images().awaitServed(lone);
            },
            () -> story.upstream().resume())
        .assertNoneFailedOfCached();
  }

  /** The last: what was garbled, and overwritten since, is known to fewer nodes after it. */
  @Test
  @Order(Integer.MAX_VALUE)
  void aRedisFullOfGarbage() throws Exception {
    story
        .tell(
            "Redis is full of garbage",
            () -> {
              for (int i = 0; i < GARBLINGS; i++) {
                String seed = Integer.toString(random.nextInt(1 << 30));
                assertThat(redis.cli("eval", GARBLE, "0", seed)).matches("[0-9]+");
                Await.pass(LASTS.dividedBy(GARBLINGS));
              }
            },
            () -> {})
        .assertNoneFailedOfCached();
  }
}

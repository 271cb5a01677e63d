package dev.sluice.metadata.redis;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/** Two nodes that do something at the same time, many times. */
record Race(RunningRedis redis) {

  /** How often each does it. */
  static final int TIMES = 100;

  private static final long MOST_SECONDS = 60;

  /** What a node does. */
  interface Use {
    void of(RedisMetadata node, int time) throws Exception;
  }

  /** Both do the same. */
  void between(Use use) throws Exception {
    between(use, use);
  }

  /** Each does something else. */
  void between(Use here, Use there) throws Exception {
    try (RedisMetadata one = redis.another();
        RedisMetadata other = redis.another()) {
      List<FutureTask<Void>> nodes =
          List.of(new FutureTask<>(times(one, here)), new FutureTask<>(times(other, there)));
      nodes.forEach(Thread.ofPlatform()::start);
      for (FutureTask<Void> node : nodes) {
        node.get(MOST_SECONDS, TimeUnit.SECONDS);
      }
    }
  }

  private static Callable<Void> times(RedisMetadata node, Use use) {
    return () -> {
      for (int i = 0; i < TIMES; i++) {
        use.of(node, i);
      }
      return null;
    };
  }
}

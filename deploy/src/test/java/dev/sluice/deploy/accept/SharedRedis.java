package dev.sluice.deploy.accept;

import dev.sluice.metadata.redis.RedisSentinels;
import dev.sluice.metadata.redis.RedisServer;
import java.io.Closeable;
import java.io.IOException;
import java.util.stream.Collectors;

/**
 * The Redis of a test's cluster.
 *
 * @param yaml the value of {@code metadata.redis}
 * @param servers ended with the cluster
 */
record SharedRedis(String yaml, Closeable servers) {

  static SharedRedis start() throws IOException {
    return of(RedisServer.start());
  }

  static SharedRedis of(RedisServer server) {
    return new SharedRedis("{ url: \"" + server.url() + "\" }", server);
  }

  static SharedRedis of(RedisSentinels sentinels) {
    String urls =
        sentinels.sentinels().stream()
            .map(sentinel -> '"' + sentinel.url().toString() + '"')
            .collect(Collectors.joining(", "));
    return new SharedRedis(
        "{ urls: [%s], master: %s }".formatted(urls, RedisSentinels.MASTER), sentinels);
  }
}

package dev.sluice.metadata.redis;

import dev.sluice.metadata.redis.RedisSettings.Mode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A master, its replica, and three sentinels that would rather have another master soon. */
record RedisSentinels(RedisServer master, RedisServer replica, List<RedisServer> sentinels)
    implements AutoCloseable {

  static RedisSentinels start() throws IOException {
    String users = RedisPlace.users(RedisPlace.USERS);
    RedisServer master = RedisServer.startWithUsers(users, "--repl-diskless-sync-delay", "0");
    String port = Integer.toString(master.port());
    RedisServer replica = RedisServer.startWithUsers(users, "--replicaof", "127.0.0.1", port);
    replica.await("master_link_status:up", "info", "replication");
    List<RedisServer> sentinels = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      sentinels.add(RedisServer.startSentinel(configuration(port)));
    }
    for (RedisServer sentinel : sentinels) {
      sentinel.await("OK 3 usable Sentinels", "sentinel", "ckquorum", "mymaster");
      sentinel.await(Integer.toString(replica.port()), "sentinel", "replicas", "mymaster");
    }
    return new RedisSentinels(master, replica, sentinels);
  }

  private static List<String> configuration(String masterPort) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.addAll(RedisPlace.users(RedisPlace.SENTINEL_USERS).lines().toList());
    lines.add("bind 127.0.0.1");
    lines.add("sentinel monitor mymaster 127.0.0.1 " + masterPort + " 2");
    lines.add("sentinel down-after-milliseconds mymaster 500");
    lines.add("sentinel failover-timeout mymaster 3000");
    return lines;
  }

  RedisServer first() {
    return sentinels.getFirst();
  }

  RedisSettings settings() {
    return RedisPlace.used(sentinels, new Mode.Sentinel("mymaster")).settings();
  }

  @Override
  public void close() throws IOException {
    for (RedisServer sentinel : sentinels) {
      sentinel.close();
    }
    replica.close();
    master.close();
  }
}

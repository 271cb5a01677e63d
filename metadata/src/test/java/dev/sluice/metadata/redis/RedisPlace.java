package dev.sluice.metadata.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.metadata.redis.RedisSettings.Login;
import dev.sluice.metadata.redis.RedisSettings.Mode;
import dev.sluice.metadata.redis.RedisSettings.Pool;
import dev.sluice.storage.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Servers that hold the metadata of a test, and how they are used. */
record RedisPlace(List<RedisServer> servers, RedisSettings settings) implements AutoCloseable {

  static final Path USERS = Path.of("../deploy/redis/users.acl");
  static final Path SENTINEL_USERS = Path.of("../deploy/redis/sentinel-users.acl");

  static final String PASSWORD = "of the tests/:@";

  /** One server that is used as the user of the shipped list of permissions. */
  static RedisPlace alone(String... options) throws IOException {
    RedisServer server = RedisServer.startWithUsers(users(USERS), options);
    return used(List.of(server), new Mode.Standalone());
  }

  /** Three masters, each of which has a part of the keys, used as the same user. */
  static RedisPlace cluster() throws IOException {
    List<RedisServer> servers = new ArrayList<>();
    List<String> create = new ArrayList<>(List.of("redis-cli", "--cluster", "create"));
    for (int i = 0; i < 3; i++) {
      String bus = Integer.toString(RedisServer.freePort());
      RedisServer server =
          RedisServer.startWithUsers(
              users(USERS), "--cluster-enabled", "yes", "--cluster-port", bus);
      servers.add(server);
      create.add("127.0.0.1:" + server.port());
    }
    create.add("--cluster-yes");
    String said = RedisServer.run(create);
    for (RedisServer server : servers) {
      server.await("cluster_state:ok", "cluster", "info");
    }
    if (!said.contains("All 16384 slots covered")) {
      throw new IOException(said);
    }
    return used(servers, new Mode.Cluster());
  }

  static RedisPlace used(List<RedisServer> servers, Mode mode) {
    return new RedisPlace(
        servers,
        new RedisSettings(
            servers.stream().map(RedisServer::url).toList(),
            mode,
            Optional.of(new Login(Optional.of("sluice"), PASSWORD)),
            Optional.empty(),
            Pool.USUAL,
            RedisSettings.USUAL_NAMESPACE));
  }

  /** A shipped list with this password; the default user is the tests' own. */
  static String users(Path list) throws IOException {
    return Files.readString(list)
        .replace("user default off", "user default on nopass ~* &* +@all")
        .replace("0".repeat(64), Digest.sha256(PASSWORD.getBytes(UTF_8)).hex());
  }

  RedisServer server() {
    return servers.getFirst();
  }

  void empty() throws IOException {
    for (RedisServer server : servers) {
      server.cli("flushall");
    }
  }

  @Override
  public void close() throws IOException {
    for (RedisServer server : servers) {
      server.close();
    }
  }
}

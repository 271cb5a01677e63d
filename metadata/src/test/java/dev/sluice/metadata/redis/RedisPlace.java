package dev.sluice.metadata.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.metadata.redis.RedisSettings.Login;
import dev.sluice.metadata.redis.RedisSettings.Mode;
import dev.sluice.metadata.redis.RedisSettings.Pool;
import dev.sluice.storage.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Servers that hold the metadata of a test, and how they are used. */
record RedisPlace(List<RedisServer> servers, RedisSettings settings) implements AutoCloseable {

  static final Path USERS = Path.of("../deploy/redis/users.acl");

  private static final String PASSWORD = "of the tests/:@";

  /** One server. */
  static RedisPlace alone() throws IOException {
    RedisServer server = RedisServer.start();
    return new RedisPlace(List.of(server), RedisSettings.of(server.url()));
  }

  /** One server that is used as the user of the shipped list of permissions. */
  static RedisPlace withUsers() throws Exception {
    Path file = Files.createTempFile("users", ".acl");
    try {
      Files.writeString(file, users());
      RedisServer server = RedisServer.start("--aclfile", file.toString());
      return new RedisPlace(
          List.of(server),
          new RedisSettings(
              List.of(server.url()),
              new Mode.Standalone(),
              Optional.of(new Login(Optional.of("sluice"), PASSWORD)),
              Optional.empty(),
              Pool.USUAL,
              RedisSettings.USUAL_NAMESPACE));
    } finally {
      Files.delete(file);
    }
  }

  /** The shipped list with this password; the default user is the tests' own. */
  private static String users() throws IOException {
    return Files.readString(USERS)
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

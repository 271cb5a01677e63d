package dev.sluice.metadata.redis;

import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.redis.client.RedisClientType;
import io.vertx.redis.client.RedisOptions;
import java.net.URI;

/** {@link RedisSettings} in the client's words. */
final class ClientSettings {

  private static final int CONNECT_WITHIN_MS = 1_000;

  private ClientSettings() {}

  static RedisOptions of(RedisSettings settings) {
    RedisOptions options =
        new RedisOptions()
            .setEndpoints(settings.urls().stream().map(URI::toString).toList())
            .setNetClientOptions(network(settings))
            .setMaxPoolSize(settings.pool().connections())
            .setMaxPoolWaiting(settings.pool().waiting());
    settings
        .login()
        .ifPresent(
            login -> {
              login.user().ifPresent(options::setUser);
              options.setPassword(login.password());
            });
    return switch (settings.mode()) {
      case RedisSettings.Mode.Standalone _ -> options.setType(RedisClientType.STANDALONE);
      case RedisSettings.Mode.Cluster _ -> options.setType(RedisClientType.CLUSTER);
      case RedisSettings.Mode.Sentinel(String master) ->
          options.setType(RedisClientType.SENTINEL).setMasterName(master);
    };
  }

  private static NetClientOptions network(RedisSettings settings) {
    NetClientOptions network =
        new NetClientOptions()
            .setConnectTimeout(CONNECT_WITHIN_MS)
            .setTcpKeepAlive(true)
            .setTcpNoDelay(true);
    if (settings.isTls()) {
      network.setSsl(true).setHostnameVerificationAlgorithm("HTTPS");
      settings
          .trustedCa()
          .ifPresent(
              ca -> network.setTrustOptions(new PemTrustOptions().addCertPath(ca.toString())));
    }
    return network;
  }
}

package dev.sluice.deploy.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.deploy.cluster.Seat;
import dev.sluice.deploy.logging.LogFormat;
import dev.sluice.gateway.access.Anonymous;
import dev.sluice.metadata.redis.RedisSettings;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The full example of the documentation, without what later versions bring. */
final class DesignExampleTest {

  private static final String EXAMPLE =
      """
      listen: 0.0.0.0:5000
      publicUrl: https://cache.example.com     # what clients see
      management: 127.0.0.1:9090
      data: /var/lib/sluice
      account: "123456789012"
      region: us-east-1
      access:
        anonymous: none
        keys:
          - { id: AKIASLUICEADMIN00001, secretFile: DIR/admin, grants: [admin] }
          - { id: AKIASLUICECI00000001, secretFile: DIR/ci, grants: ["pull:docker-hub/*", "pull:ecr-public/*"] }
        users: { file: DIR/htpasswd, grants: { ci: ["pull:*"] } }
      defaults: { checkInterval: 24h, checkBudget: 2s, onDeleted: serve, platforms: all }
      rules:
        - prefix: docker-hub
          upstream: registry-1.docker.io
          credential: ecr-pullthroughcache/docker-hub
        - prefix: ecr-public
          upstream: public.ecr.aws
          endpoint: http://127.0.0.1:5555
          checkInterval: 30s
      secrets: { dir: DIR/secrets }
      upstreams: { allowPrivate: [127.0.0.0/8] }
      storage: { type: disk }
      metadata: { type: redis, redis: { url: redis://127.0.0.1:6379 } }
      cluster: { name: sluice, host: 10.0.0.5, port: 5701, members: [10.0.0.5, 10.0.0.6], secretFile: DIR/cluster, peerPort: 5001 }
      log: { format: json, requests: false }
      """;

  @TempDir private Path folder;

  @Test
  void everyKeyArrivesWithItsValue() {
    Config config = load();

    assertThat(config.listen()).isEqualTo(new HostPort("0.0.0.0", 5000));
    assertThat(config.publicUrl()).contains(URI.create("https://cache.example.com"));
    assertThat(config.data()).isEqualTo(Path.of("/var/lib/sluice"));
    assertThat(config.account()).isEqualTo("123456789012");
    assertThat(config.access().anonymous()).isEqualTo(Anonymous.NONE);
    assertThat(config.access().keys())
        .extracting(Access.Key::grants)
        .containsExactly(List.of("admin"), List.of("pull:docker-hub/*", "pull:ecr-public/*"));
    assertThat(config.access().users())
        .hasValueSatisfying(
            users -> assertThat(users.grants()).isEqualTo(Map.of("ci", List.of("pull:*"))));
    assertThat(config.rules().get(0).rule().credentials())
        .containsExactly("ecr-pullthroughcache/docker-hub");
    assertThat(config.rules().get(1).rule().address())
        .isEqualTo(URI.create("http://127.0.0.1:5555"));
    assertThat(config.rules().get(1).rule().policies().checkIntervals().usual())
        .isEqualTo(Duration.ofSeconds(30));
    assertThat(config.upstreams().allows(InetAddress.ofLiteral("127.1.2.3"))).isTrue();
    assertThat(config.upstreams().allows(InetAddress.ofLiteral("10.0.0.1"))).isFalse();
    assertThat(config.log()).isEqualTo(new Config.Log(LogFormat.JSON, false, Map.of()));
  }

  @Test
  void theNodeHasItsPlaceInTheClusterAndItsNamesInRedis() {
    Config config = load();

    assertThat(config.metadata().redis())
        .contains(RedisSettings.of(URI.create("redis://127.0.0.1:6379")));
    assertThat(config.cluster().orElseThrow().seat())
        .isEqualTo(
            new Seat("sluice", "10.0.0.5", 5701, 5702, 5001, List.of("10.0.0.5", "10.0.0.6")));
  }

  @Test
  void shortSecretsAreWarnedOf() {
    assertThat(load().warnings())
        .containsExactly(
            "the secret of the key AKIASLUICEADMIN00001 is shorter than 20 characters; take 40"
                + " random ones.",
            "the secret of the key AKIASLUICECI00000001 is shorter than 20 characters; take 40"
                + " random ones.");
  }

  @Test
  void noSecretIsEverPrinted() {
    Config config = load();

    Secrets.Answer answer = config.secrets().read("ecr-pullthroughcache/docker-hub");

    assertThat(answer)
        .isEqualTo(new Secrets.Found(new UpstreamCredential("robot", "hunter2")))
        .asString()
        .contains("robot")
        .doesNotContain("hunter2");
    assertThat(config.toString()).doesNotContain("hunter2", "s3cret");
  }

  private Config load() {
    ConfigFixture fixture = ConfigFixture.in(folder);
    fixture.write("admin", "s3cret-admin");
    fixture.write("ci", "s3cret-ci");
    fixture.write("cluster", "s3cret-of-all-nodes");
    fixture.write("htpasswd", "ci:$2y$04$" + "s3cret.".repeat(7) + "abcd");
    fixture.write(
        "secrets/ecr-pullthroughcache/docker-hub",
        "{\"username\": \"robot\", \"accessToken\": \"hunter2\", \"more\": {\"a\": [1]}}");
    return fixture.valid(EXAMPLE.replace("DIR", folder.toString()));
  }
}

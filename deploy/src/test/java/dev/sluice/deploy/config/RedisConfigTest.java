package dev.sluice.deploy.config;

import static dev.sluice.deploy.config.ConfigFixture.onlyMistake;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.metadata.redis.RedisSettings;
import dev.sluice.metadata.redis.RedisSettings.Login;
import dev.sluice.metadata.redis.RedisSettings.Mode;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The key {@code metadata.redis}. */
final class RedisConfigTest {

  /** Of nobody: it vouches for nothing, but it is a certificate. */
  private static final String CERTIFICATE =
      """
      -----BEGIN CERTIFICATE-----
      MIIBeDCCAR+gAwIBAgIUdOH6TZkrriAE4u6BDZXqHzn1lhowCgYIKoZIzj0EAwIw
      ETEPMA0GA1UEAwwGbm9ib2R5MCAXDTI2MTEzMDAyNDQ1NVoYDzIxMjYxMTA2MDI0
      NDU1WjARMQ8wDQYDVQQDDAZub2JvZHkwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNC
      AAQPFC2bHw4H8YwTMJY0VqHv/bslOmMt27+gXHqZxW4gmBJ8+ZOuvDktircld1Ya
      9miy1MlZmOWZZburQCjyG8HNo1MwUTAdBgNVHQ4EFgQUGDKU4JdQl5lM0B8UwkW0
      s1oG0N0wHwYDVR0jBBgwFoAUGDKU4JdQl5lM0B8UwkW0s1oG0N0wDwYDVR0TAQH/
      BAUwAwEB/zAKBggqhkjOPQQDAgNHADBEAiBZNqZtmCZEraHnQSlJH4f5XGJJdc34
      7Yysk09ZPYybjQIgZ6+5ZVL6jJS/bIvHoDMfLeUkCcGWRWUWky9PRxQcpx8=
      -----END CERTIFICATE-----
      """;

  @TempDir private Path folder;
  private ConfigFixture fixture;

  @BeforeEach
  void write() {
    fixture = ConfigFixture.in(folder);
    fixture.write("password", "hunter2\n");
    fixture.write("empty", "\n");
    fixture.write("ca.pem", CERTIFICATE);
  }

  @Test
  void withoutTheKeyNamesAreInTheDataFolder() {
    assertThat(fixture.valid("metadata: {type: embedded}").metadata().redis()).isEmpty();
    assertThat(fixture.defaults().metadata().redis()).isEmpty();
  }

  @Test
  void anAddressIsEnough() {
    assertThat(redis("url: 'redis://redis:6379'"))
        .isEqualTo(RedisSettings.of(URI.create("redis://redis:6379")));
    assertThat(redis("url: 'redis://[::1]'").urls()).containsExactly(URI.create("redis://[::1]"));
  }

  @Test
  void sentinelsAreToldByTheMasterTheyWatch() {
    RedisSettings settings =
        redis("urls: ['redis://a:26379', 'redis://b:26379'], master: mymaster");

    assertThat(settings.urls())
        .containsExactly(URI.create("redis://a:26379"), URI.create("redis://b:26379"));
    assertThat(settings.mode()).isEqualTo(new Mode.Sentinel("mymaster"));
    assertThat(redis("url: 'redis://a:26379', master: mymaster").mode())
        .isEqualTo(new Mode.Sentinel("mymaster"));
  }

  @Test
  void aRedisClusterIsSaidToBeOne() {
    assertThat(redis("urls: ['redis://a', 'redis://b'], cluster: true").mode())
        .isEqualTo(new Mode.Cluster());
    assertThat(redis("url: 'redis://a', cluster: false").mode()).isEqualTo(new Mode.Standalone());
  }

  @Test
  void aUserHasAPasswordThatIsNeverPrinted() {
    RedisSettings settings = redis("url: 'redis://a', user: sluice, passwordFile: DIR/password");

    assertThat(settings.login()).contains(new Login(Optional.of("sluice"), "hunter2"));
    assertThat(settings.toString()).doesNotContain("hunter2");
    assertThat(redis("url: 'redis://a', passwordFile: DIR/password").login())
        .contains(new Login(Optional.empty(), "hunter2"));
  }

  @Test
  void overTlsOnesOwnAuthorityMayVouch() {
    RedisSettings settings = redis("url: 'rediss://a', ca: DIR/ca.pem");

    assertThat(settings.isTls()).isTrue();
    assertThat(settings.trustedCa()).contains(folder.resolve("ca.pem"));
    assertThat(redis("url: 'rediss://a'").trustedCa()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '#',
      value = {
        "master: m                          | .url: is missing; allowed: redis://host:port, or rediss://host:port over TLS",
        "url: 'redis:6379'                  | .url: \"redis:6379\" is not the address of a Redis",
        "url: 'http://a:6379'               | .url: \"http://a:6379\" is not the address of a Redis",
        "url: 'redis://a:6379/0'            | .url: \"redis://a:6379/0\" is not the address of a Redis",
        "url: 'redis://a:0'                 | .url: \"redis://a:0\" is not the address of a Redis",
        "url: 'redis://a:65536'             | .url: \"redis://a:65536\" is not the address of a Redis",
        "url: ['redis://a']                 | .url: is a list",
        "url: 'redis://:hunter2@a'          | .url: \"redis://...@a\" is not the address of a Redis; allowed: redis://host:port, or rediss://host:port over TLS; the password stands in passwordFile",
        "url: 'redis://u:a/hunter2@b@c'     | .url: \"redis://...@c\" is not the address of a Redis",
        "url: 'redis://u:a/hunter2 @c'      | .url: \"redis://...@c\" is not the address of a Redis",
        "url: 'redis://a', urls: ['redis://b'] | .urls: is given beside url; allowed: one of both",
        "urls: 'redis://a'                  | .urls: is a single value; allowed: a list",
        "urls: []                           | .urls: is an empty list; allowed: one address or more",
        "urls: ['redis://a', b], master: m  | .urls[1]: \"b\" is not the address of a Redis",
        "urls: ['redis://a', 'redis://b']   | : does not fit together: Redis needs one URL, unless they are of sentinels or of a Redis Cluster",
        "urls: ['redis://a', 'rediss://b'], cluster: true | : does not fit together: Redis needs one or more URLs, all with TLS or all without",
        "urls: ['redis://a', 'redis://b'], master: 'a b' | .master: \"a b\" is not the name of a master; allowed: as the sentinels call it",
        "url: 'redis://a', master: m, cluster: true | .master: is given beside cluster: true; allowed: sentinels or a Redis Cluster",
        "url: 'redis://a', cluster: yes     | .cluster: \"yes\" is not true or false",
        "url: 'redis://a', user: sluice     | .user: is given without passwordFile; allowed: both or none",
        "url: 'redis://a', user: 'a b', passwordFile: DIR/password | .user: \"a b\" is not a user of Redis",
        "url: 'redis://a', user: sluice, passwordFile: [] | .passwordFile: is a list; allowed: a path",
        "url: 'redis://a', passwordFile: DIR/gone  | .passwordFile: names the file DIR/gone, which is empty or cannot be read",
        "url: 'redis://a', passwordFile: DIR/empty | .passwordFile: names the file DIR/empty, which is empty or cannot be read",
        "url: 'redis://a', password: x      | .password: is not a known key; allowed: ca, cluster, master, passwordFile, url, urls, user",
        "url: 'rediss://a', ca: DIR/gone    | .ca: names the file DIR/gone, which cannot be read as certificates; allowed: a PEM file",
        "url: 'rediss://a', ca: DIR/password | .ca: names the file DIR/password, which cannot be read as certificates",
        "url: 'redis://a', ca: DIR/ca.pem   | .ca: is given, but Redis is spoken to without TLS; allowed: rediss:// with it",
      })
  void aMistakeIsNamedWithItsKeyAndWhatIsAllowed(String keys, String mistake) {
    assertThat(onlyMistake(fixture.load(filled("metadata: {type: redis, redis: {" + keys + "}}"))))
        .contains(filled("metadata.redis" + mistake))
        .doesNotContain("hunter2");
  }

  @Test
  void metadataInTheDataFolderNeedsNoRedisAndHasNone() {
    assertThat(onlyMistake(fixture.load("metadata: {redis: {url: 'redis://a'}}")))
        .contains("metadata.redis: is given, but metadata.type is embedded");
    assertThat(onlyMistake(withVariable("SLUICE_METADATA_REDIS_URL", "redis://a").load("{}")))
        .isEqualTo(
            "SLUICE_METADATA_REDIS_URL: metadata.redis: is given, but metadata.type is embedded;"
                + " allowed: metadata.type: redis with it");
  }

  @Test
  void theEnvironmentMayGiveEveryKey() {
    Map<String, String> variables =
        Map.of(
            "SLUICE_METADATA_TYPE", "redis",
            "SLUICE_METADATA_REDIS_URLS_0", "rediss://a:26379",
            "SLUICE_METADATA_REDIS_URLS_1", "rediss://b:26379",
            "SLUICE_METADATA_REDIS_MASTER", "mymaster",
            "SLUICE_METADATA_REDIS_USER", "sluice",
            "SLUICE_METADATA_REDIS_PASSWORDFILE", folder.resolve("password").toString(),
            "SLUICE_METADATA_REDIS_CA", folder.resolve("ca.pem").toString());

    assertThat(fixture.with(variables).valid("{}").metadata().redis())
        .contains(
            redis(
                "urls: ['rediss://a:26379', 'rediss://b:26379'], master: mymaster,"
                    + " user: sluice, passwordFile: DIR/password, ca: DIR/ca.pem"));
  }

  @Test
  void aVariableReplacesTheAddressAndItsMistakeHidesAPassword() {
    String yaml = "metadata: {type: redis, redis: {url: 'redis://a'}}";

    assertThat(
            withVariable("SLUICE_METADATA_REDIS_URL", "redis://b")
                .valid(yaml)
                .metadata()
                .redis()
                .orElseThrow()
                .urls())
        .containsExactly(URI.create("redis://b"));
    assertThat(onlyMistake(withVariable("SLUICE_METADATA_REDIS_URL", "redis://:x@b").load(yaml)))
        .startsWith(
            "SLUICE_METADATA_REDIS_URL: metadata.redis.url: \"redis://...@b\" is not the address");
    assertThat(onlyMistake(withVariable("SLUICE_METADATA_REDIS_URLS", "[redis://b]").load(yaml)))
        .startsWith("SLUICE_METADATA_REDIS_URLS: metadata.redis.urls: is given beside url");
  }

  private ConfigFixture withVariable(String name, String value) {
    return fixture.with(Map.of(name, value));
  }

  private RedisSettings redis(String keys) {
    String yaml = "metadata: {type: redis, redis: {" + keys + "}}";
    return fixture.valid(filled(yaml)).metadata().redis().orElseThrow();
  }

  private String filled(String text) {
    return text.replace("DIR", folder.toString());
  }
}

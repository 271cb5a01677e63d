package dev.sluice.metadata.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.metadata.redis.RedisSettings.Login;
import dev.sluice.metadata.redis.RedisSettings.Mode;
import dev.sluice.metadata.redis.RedisSettings.Pool;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisSettingsTest {

  private static RedisSettings settings(Mode mode, String namespace, String... urls) {
    return new RedisSettings(
        Stream.of(urls).map(URI::create).toList(),
        mode,
        Optional.of(new Login(Optional.of("sluice"), "very secret")),
        Optional.empty(),
        Pool.USUAL,
        namespace);
  }

  @Test
  void passwordsAreNotShown() {
    assertThat(settings(new Mode.Cluster(), "sluice", "redis://redis:6379").toString())
        .contains("sluice", "redis://redis:6379")
        .doesNotContain("secret");
  }

  @Test
  void theSchemeSaysWhetherThereIsTls() {
    assertThat(settings(new Mode.Standalone(), "sluice", "redis://[::1]:1").isTls()).isFalse();
    assertThat(settings(new Mode.Sentinel("m"), "a", "rediss://a", "rediss://b:2").isTls())
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://redis",
        "redis",
        "redis:6379",
        "redis://",
        "redis://user:password@redis",
        "redis://redis/1",
        "redis://redis?db=1",
        "redis://redis#a"
      })
  void whatIsNoPlainUrlIsRefused(String url) {
    assertThatThrownBy(() -> settings(new Mode.Cluster(), "sluice", "redis://a", url))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void severalUrlsAreForSeveralServersAllOfOneKind() {
    assertRefused(() -> settings(new Mode.Cluster(), "sluice"));
    assertRefused(() -> settings(new Mode.Standalone(), "sluice", "redis://a", "redis://b"));
    assertRefused(() -> settings(new Mode.Cluster(), "sluice", "redis://a", "rediss://b"));
  }

  @Test
  void aNamespaceIsAWordAndAPoolHasSomething() {
    for (String namespace : List.of("", "a:b", "{a}", "*", "a".repeat(33))) {
      assertRefused(() -> settings(new Mode.Cluster(), namespace, "redis://a"));
    }
    assertRefused(() -> new Pool(0, 1));
    assertRefused(() -> new Pool(8, 7));
  }

  private static void assertRefused(Runnable making) {
    assertThatThrownBy(making::run).isInstanceOf(IllegalArgumentException.class);
  }
}

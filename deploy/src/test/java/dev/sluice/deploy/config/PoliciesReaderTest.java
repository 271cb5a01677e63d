package dev.sluice.deploy.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.metadata.CheckIntervals;
import dev.sluice.metadata.Filter;
import dev.sluice.metadata.NamePattern;
import dev.sluice.metadata.Platform;
import dev.sluice.metadata.Platforms;
import dev.sluice.metadata.Policies;
import dev.sluice.metadata.Policies.OnDeleted;
import dev.sluice.metadata.TagInterval;
import dev.sluice.metadata.UpstreamLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PoliciesReaderTest {

  @TempDir private Path folder;

  @Test
  void aRuleTakesItsPoliciesFromTheDefaultsUnlessItHasItsOwn() {
    Config config =
        ConfigFixture.in(folder)
            .valid(
                """
                defaults: {checkInterval: 10m, onDeleted: refuse, platforms: [linux/amd64, linux/arm/v7]}
                rules:
                  - {prefix: one, upstream: a.example}
                  - {prefix: two, upstream: b.example, checkInterval: 250ms, onDeleted: serve, platforms: all}
                """);

    assertThat(config.rules().get(0).rule().policies()).isEqualTo(config.defaults());
    assertThat(config.defaults().checkIntervals().usual()).isEqualTo(Duration.ofMinutes(10));
    assertThat(config.defaults().checkBudget()).isEqualTo(Duration.ofSeconds(2));
    assertThat(config.defaults().platforms())
        .isEqualTo(
            new Platforms.Only(
                List.of(new Platform("linux", "amd64", ""), new Platform("linux", "arm", "v7"))));
    var own = config.rules().get(1).rule().policies();
    assertThat(own.checkIntervals().usual()).isEqualTo(Duration.ofMillis(250));
    assertThat(own.onDeleted()).isEqualTo(OnDeleted.SERVE);
    assertThat(own.platforms()).isEqualTo(new Platforms.All());
  }

  @Test
  void intervalsByTagKeepTheirOrderAndARuleReplacesThemAll() {
    Config config =
        ConfigFixture.in(folder)
            .valid(
                """
                defaults: {checkIntervals: {z: 1s, "*.*.*": 30d, a: 2s}}
                rules:
                  - {prefix: one, upstream: a.example, checkInterval: 1h}
                  - {prefix: two, upstream: b.example, checkIntervals: {latest: 10m}}
                """);

    assertThat(config.defaults().checkIntervals().byTag())
        .extracting(some -> some.tags() + " " + some.interval())
        .containsExactly("z PT1S", "*.*.* PT720H", "a PT2S");
    assertThat(policies(config, 0).checkIntervals())
        .isEqualTo(
            new CheckIntervals(Duration.ofHours(1), config.defaults().checkIntervals().byTag()));
    assertThat(policies(config, 1).checkIntervals())
        .isEqualTo(
            new CheckIntervals(
                Duration.ofHours(24),
                List.of(new TagInterval(new NamePattern("latest"), Duration.ofMinutes(10)))));
  }

  @Test
  void filtersAndLimitsAreTheRulesOwn() {
    Config config =
        ConfigFixture.in(folder)
            .valid(
                """
                defaults: {requestsPerSecond: 7, pullReserve: 0%}
                rules:
                  - {prefix: one, upstream: a.example}
                  - prefix: two
                    upstream: b.example
                    requestsPerSecond: 10000
                    pullReserve: 100%
                    tokenRealms: [Auth.example, "login.example:8443"]
                    repositories: {allow: [library/*, "*/app"]}
                    tags: {deny: ["*-rc*"]}
                """);

    assertThat(policies(config, 0).limits()).isEqualTo(new UpstreamLimits(7, 0));
    assertThat(policies(config, 0).repositories()).isEqualTo(Filter.NONE);
    assertThat(policies(config, 1).limits()).isEqualTo(new UpstreamLimits(10_000, 100));
    assertThat(policies(config, 1).repositories().allow()).hasToString("[library/*, */app]");
    assertThat(policies(config, 1).tags().deny()).hasToString("[*-rc*]");
    assertThat(config.rules().get(1).rule().tokenRealms())
        .containsExactly("auth.example", "login.example:8443");
  }

  private static Policies policies(Config config, int rule) {
    return config.rules().get(rule).rule().policies();
  }
}

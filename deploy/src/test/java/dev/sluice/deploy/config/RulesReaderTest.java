package dev.sluice.deploy.config;

import static dev.sluice.deploy.config.ConfigFixture.onlyMistake;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.metadata.CheckIntervals;
import dev.sluice.metadata.Filter;
import dev.sluice.metadata.NamePattern;
import dev.sluice.metadata.Platform;
import dev.sluice.metadata.Platforms;
import dev.sluice.metadata.Policies;
import dev.sluice.metadata.Policies.OnDeleted;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.metadata.TagInterval;
import dev.sluice.metadata.UpstreamLimits;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RulesReaderTest {

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
  void dockerHubIsCompletedOnlyWithACredentialOrOnRequest() {
    ConfigFixture fixture = ConfigFixture.in(folder);
    fixture.write("secrets/hub", "{\"username\": \"u\", \"accessToken\": \"t\"}");
    Config config =
        fixture.valid(
            """
            secrets: {dir: "%s"}
            rules:
              - {prefix: bare, upstream: registry-1.docker.io}
              - {prefix: said, upstream: docker.io, platforms: all}
              - {prefix: known, upstream: docker.io, credential: hub}
            """
                .formatted(folder.resolve("secrets")));

    assertThat(config.rules())
        .extracting(rule -> rule.rule().policies().platforms())
        .containsExactly(new Platforms.Requested(), new Platforms.All(), new Platforms.All());
  }

  @Test
  void aCredentialIsLentToEverybodyOnlyWhenTheRuleSaysSo() {
    ConfigFixture fixture = ConfigFixture.in(folder);
    fixture.write("secrets/hub", "{\"username\": \"u\", \"accessToken\": \"t\"}");
    String yaml =
        "access: {anonymous: pull}\nsecrets: {dir: "
            + folder.resolve("secrets")
            + "}\nrules: [{prefix: hub, upstream: docker.io, credential: hub, anonymous: %s}]";

    RepositoryName repository = new RepositoryName("hub/library/app");
    Config open = fixture.valid(yaml.formatted("true"));
    Config closed = fixture.valid(yaml.formatted("false"));

    assertThat(open.isOpen(repository)).isTrue();
    assertThat(open.warnings()).isEmpty();
    assertThat(closed.isOpen(repository)).isFalse();
    assertThat(closed.isOpen(new RepositoryName("elsewhere/app"))).isTrue();
    assertThat(closed.warnings()).singleElement().asString().contains("hub", "anonymous: true");
  }

  @Test
  void plainHttpReachesThisMachineOrWhatTheRuleCallsInsecure() {
    String yaml =
        "upstreams: {allowPrivate: [127.0.0.0/8, '::1', 10.0.0.1]}\n"
            + "rules: [{prefix: hub, upstream: a.example, %s}]";
    ConfigFixture fixture = ConfigFixture.in(folder);

    for (String host : List.of("127.0.0.1:5555", "[::1]:5555", "localhost")) {
      Config config = fixture.valid(yaml.formatted("endpoint: 'http://" + host + "/'"));
      assertThat(config.rules().getFirst().rule().endpoint())
          .contains(URI.create("http://" + host));
    }
    Config insecure = fixture.valid(yaml.formatted("endpoint: 'http://10.0.0.1', insecure: true"));
    assertThat(insecure.rules().getFirst().insecure()).isTrue();
  }

  @Test
  void aPrivateAddressNeedsTheOperatorsList() {
    assertThat(
            onlyMistake(
                ConfigFixture.in(folder)
                    .load("rules: [{prefix: hub, upstream: a.b, endpoint: 'http://localhost:1'}]")))
        .contains("rules[0].endpoint: 127.0.0.1 is a private address", "upstreams.allowPrivate");
  }

  @Test
  void theRuleTableMatchesByPrefix() {
    RepositoryName name = new RepositoryName("quay/prometheus/busybox");

    assertThat(ConfigFixture.in(folder).defaults().ruleTable().match(name))
        .map(rule -> rule.upstreamName(name) + " at " + rule.address())
        .isEqualTo(Optional.of("prometheus/busybox at https://quay.io"));
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

  @Test
  void aRuleMayHaveSeveralCredentials() {
    ConfigFixture fixture = ConfigFixture.in(folder);
    fixture.write("secrets/a", "{\"username\": \"u\", \"accessToken\": \"t\"}");
    fixture.write("secrets/b", "{\"username\": \"v\", \"accessToken\": \"t\"}");
    String yaml =
        "secrets: {dir: "
            + folder.resolve("secrets")
            + "}\nrules: [{prefix: hub, upstream: docker.io, credential: [b, a]}]";

    assertThat(fixture.valid(yaml).rules().getFirst().rule().credentials())
        .containsExactly("b", "a");
    assertThat(
            fixture
                .with(Map.of("SLUICE_RULES_0_CREDENTIAL", "a"))
                .valid(yaml)
                .rules()
                .getFirst()
                .rule()
                .credentials())
        .containsExactly("a");
  }

  private static Policies policies(Config config, int rule) {
    return config.rules().get(rule).rule().policies();
  }
}

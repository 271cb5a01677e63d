package dev.sluice.deploy.config;

import static dev.sluice.deploy.config.ConfigFixture.onlyMistake;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.metadata.Platforms;
import dev.sluice.metadata.RepositoryName;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RulesReaderTest {

  @TempDir private Path folder;

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

    Config open = fixture.valid(yaml.formatted("true"));
    Config closed = fixture.valid(yaml.formatted("false"));

    assertThat(open.prefixesForEverybody()).containsExactly("hub");
    assertThat(open.warnings()).isEmpty();
    assertThat(closed.prefixesForEverybody()).isEmpty();
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
}

package dev.sluice.deploy.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.metadata.Platform;
import dev.sluice.metadata.Platforms;
import dev.sluice.metadata.Policies.OnDeleted;
import dev.sluice.metadata.RepositoryName;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfigLoaderTest {

  @TempDir private Path folder;

  @Test
  void allMistakesOfAFileAreToldAtOnceInItsOrder() {
    String yaml =
        """
        listen: 5000
        lisen: x
        defaults:
          checkInterval: soon
        rules:
          - prefix: hub
            upstream: registry-1.docker.io
            checkBudget: never
          - prefix: hub
            upstrem: quay.io
        listen: 127.0.0.1:5000
        """;

    assertThat(ConfigFixture.in(folder).problems(yaml))
        .extracting(problem -> problem.place().line() + " " + problem.key())
        .containsExactly(
            "1 listen",
            "2 lisen",
            "4 defaults.checkInterval",
            "8 rules[0].checkBudget",
            "9 rules[1].prefix",
            "9 rules[1].upstream",
            "10 rules[1].upstrem",
            "11 listen");
  }

  @Test
  void aKeyWrittenTwiceIsAMistakeWithBothLines() {
    assertThat(ConfigFixture.in(folder).problems("log:\n  format: json\n  format: plain\n"))
        .singleElement()
        .extracting(Problem::toString)
        .asString()
        .endsWith(
            "sluice.yaml:3: log.format: is written twice, first in line 2; allowed: once in a mapping");
  }

  @Test
  void whatIsNoMappingIsOneClearMistake() {
    ConfigFixture fixture = ConfigFixture.in(folder);

    assertThat(text(fixture.load("")))
        .endsWith("sluice.yaml: is empty; allowed: a mapping of keys to values");
    assertThat(text(fixture.load("# nothing\n"))).contains("is empty");
    assertThat(text(fixture.load("- a\n"))).contains("is a list; allowed: a mapping");
    assertThat(text(fixture.load("hello\n"))).contains("is a single value; allowed: a mapping");
    assertThat(text(fixture.load("{}\n---\n{}\n")))
        .contains("sluice.yaml:3: begins a second YAML document");
    assertThat(text(fixture.load("a: [1\nb: : 2")))
        .contains("sluice.yaml:2: is not YAML: ", "expected ',' or ']'");
    assertThat(text(fixture.load("region: us-east-1\ndata: *d\n")))
        .contains("uses the YAML alias *d");
  }

  @Test
  void aFileThatCannotBeReadIsOneClearMistake() throws IOException {
    ConfigLoader loader = ConfigFixture.in(folder).loader();
    Path binary = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xff, 0});

    assertThat(text(loader.load(folder.resolve("no.yaml")))).endsWith("no.yaml: does not exist");
    assertThat(text(loader.load(folder))).endsWith(": is a folder; allowed: a file");
    assertThat(text(loader.load(binary))).endsWith("binary: is not UTF-8 text");
  }

  @Test
  void withoutAFileTheWellKnownUpstreamsArePulledThroughForThisMachineOnly() {
    Config config = ConfigFixture.in(folder).defaults();

    assertThat(config.listen()).hasToString("127.0.0.1:5000");
    assertThat(config.management()).hasToString("127.0.0.1:9090");
    assertThat(config.data()).isEqualTo(folder.resolve("home/.local/share/sluice"));
    assertThat(config.account()).isEqualTo("000000000000");
    assertThat(config.region()).isEqualTo("us-east-1");
    assertThat(config.access().anonymous()).isEqualTo(Access.Anonymous.LOOPBACK);
    assertThat(config.rules())
        .extracting(rule -> rule.rule().prefix() + "=" + rule.rule().upstream())
        .containsExactly(
            "docker-hub=registry-1.docker.io",
            "ecr-public=public.ecr.aws",
            "quay=quay.io",
            "ghcr=ghcr.io",
            "k8s=registry.k8s.io",
            "mcr=mcr.microsoft.com",
            "gitlab=registry.gitlab.com",
            "chainguard=cgr.dev",
            "gcr=gcr.io");
    assertThat(config.log()).isEqualTo(new Config.Log(Config.LogFormat.PLAIN, true));
    assertThat(config.warnings()).isEmpty();
  }

  @Test
  void aFileHasTheWellKnownRulesUnlessItSaysWhichOrNone() {
    ConfigFixture fixture = ConfigFixture.in(folder);

    assertThat(fixture.valid("region: eu-west-1").rules()).hasSize(9);
    assertThat(fixture.valid("rules: []").rules()).isEmpty();
    assertThat(fixture.valid("rules: [{prefix: ROOT, upstream: a.example}]").rules()).hasSize(1);
  }

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
    assertThat(config.defaults().checkInterval()).isEqualTo(Duration.ofMinutes(10));
    assertThat(config.defaults().checkBudget()).isEqualTo(Duration.ofSeconds(2));
    assertThat(config.defaults().platforms())
        .isEqualTo(
            new Platforms.Only(
                List.of(new Platform("linux", "amd64", ""), new Platform("linux", "arm", "v7"))));
    var own = config.rules().get(1).rule().policies();
    assertThat(own.checkInterval()).isEqualTo(Duration.ofMillis(250));
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

    assertThat(fixture.valid(yaml.formatted("true")).rules().getFirst().anonymous()).isTrue();
    assertThat(text(fixture.load(yaml.formatted("false"))))
        .contains(
            "rules[0].credential: would be lent to everybody", "anonymous: true on this rule");
  }

  @Test
  void plainHttpReachesThisMachineOrWhatTheRuleCallsInsecure() {
    String yaml = "rules: [{prefix: hub, upstream: a.example, %s}]";
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
  void theRuleTableMatchesByPrefix() {
    RepositoryName name = new RepositoryName("quay/prometheus/busybox");

    assertThat(ConfigFixture.in(folder).defaults().ruleTable().match(name))
        .map(rule -> rule.upstreamName(name) + " at " + rule.address())
        .isEqualTo(Optional.of("prometheus/busybox at https://quay.io"));
  }

  @Test
  void aFolderUnderHomeMayBeWrittenWithATilde() {
    assertThat(ConfigFixture.in(folder).valid("data: ~/cache").data())
        .isEqualTo(folder.resolve("home/cache"));
  }

  private static String text(Loaded loaded) {
    assertThat(loaded).isInstanceOf(Loaded.Invalid.class);
    List<Problem> problems = ((Loaded.Invalid) loaded).problems();
    assertThat(problems).hasSize(1);
    return problems.getFirst().toString();
  }
}

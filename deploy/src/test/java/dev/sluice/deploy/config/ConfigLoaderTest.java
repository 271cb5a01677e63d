package dev.sluice.deploy.config;

import static dev.sluice.deploy.config.ConfigFixture.onlyMistake;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.deploy.logging.LogFormat;
import dev.sluice.gateway.access.Anonymous;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
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

    assertThat(onlyMistake(fixture.load("")))
        .endsWith("sluice.yaml: is empty; allowed: a mapping of keys to values");
    assertThat(onlyMistake(fixture.load("# nothing\n"))).contains("is empty");
    assertThat(onlyMistake(fixture.load("- a\n"))).contains("is a list; allowed: a mapping");
    assertThat(onlyMistake(fixture.load("hello\n")))
        .contains("is a single value; allowed: a mapping");
    assertThat(onlyMistake(fixture.load("{}\n---\n{}\n")))
        .contains("sluice.yaml:3: begins a second YAML document");
    assertThat(onlyMistake(fixture.load("a: [1\nb: : 2")))
        .contains("sluice.yaml:2: is not YAML: ", "expected ',' or ']'");
    assertThat(onlyMistake(fixture.load("region: us-east-1\ndata: *d\n")))
        .contains("uses the YAML alias *d");
  }

  @Test
  void aFileThatCannotBeReadIsOneClearMistake() throws IOException {
    ConfigLoader loader = ConfigFixture.in(folder).loader();
    Path binary = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xff, 0});

    assertThat(onlyMistake(loader.load(folder.resolve("no.yaml"))))
        .endsWith("no.yaml: does not exist");
    assertThat(onlyMistake(loader.load(folder))).endsWith(": is a folder; allowed: a file");
    assertThat(onlyMistake(loader.load(binary))).endsWith("binary: is not UTF-8 text");
  }

  @Test
  void withoutAFileTheWellKnownUpstreamsArePulledThroughForThisMachineOnly() {
    Config config = ConfigFixture.in(folder).defaults();

    assertThat(config.listen()).hasToString("127.0.0.1:5000");
    assertThat(config.management()).hasToString("127.0.0.1:9090");
    assertThat(config.data()).isEqualTo(folder.resolve("home/.local/share/sluice"));
    assertThat(config.account()).isEqualTo("000000000000");
    assertThat(config.region()).isEqualTo("us-east-1");
    assertThat(config.access().anonymous()).isEqualTo(Anonymous.LOOPBACK);
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
    assertThat(config.log()).isEqualTo(new Config.Log(LogFormat.AUTO, true, Map.of()));
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
  void aFolderUnderHomeMayBeWrittenWithATilde() {
    assertThat(ConfigFixture.in(folder).valid("data: ~/cache").data())
        .isEqualTo(folder.resolve("home/cache"));
  }
}

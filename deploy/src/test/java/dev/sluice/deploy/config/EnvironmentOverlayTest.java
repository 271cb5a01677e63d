package dev.sluice.deploy.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.deploy.logging.LogFormat;
import dev.sluice.gateway.access.Anonymous;
import dev.sluice.metadata.Platform;
import dev.sluice.metadata.Platforms;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EnvironmentOverlayTest {

  private static final String ONE_RULE =
      "defaults: {checkInterval: 2h}\nrules: [{prefix: one, upstream: a.example}]";

  @TempDir private Path folder;

  @Test
  void aVariableReplacesWhatTheFileSays() {
    Config config =
        with(Map.of(
                "SLUICE_DEFAULTS_CHECKINTERVAL", "1h",
                "SLUICE_RULES_0_PREFIX", "hub",
                "SLUICE_ACCESS_ANONYMOUS", "none",
                "SLUICE_PUBLICURL", "http://cache:5000"))
            .valid(ONE_RULE);

    assertThat(config.defaults().checkIntervals().usual()).isEqualTo(Duration.ofHours(1));
    assertThat(config.rules().getFirst().rule().prefix()).isEqualTo("hub");
    assertThat(config.rules().getFirst().rule().upstream()).isEqualTo("a.example");
    assertThat(config.access().anonymous()).isEqualTo(Anonymous.NONE);
    assertThat(config.publicUrl()).hasToString("Optional[http://cache:5000]");
  }

  @Test
  void variablesCountWithoutAFileToo() {
    assertThat(with(Map.of("SLUICE_LISTEN", "[::1]:0")).defaults().listen())
        .isEqualTo(new HostPort("::1", 0));
  }

  @Test
  void aVariableForAListOrAMappingIsYaml() {
    Config config =
        with(Map.of(
                "SLUICE_RULES", "[{prefix: two, upstream: b.example}]",
                "SLUICE_RULES_0_CHECKINTERVAL", "5m",
                "SLUICE_LOG", "{format: json}",
                "SLUICE_DEFAULTS_PLATFORMS", "[linux/arm64]",
                "SLUICE_UPSTREAMS_ALLOWPRIVATE_0", "10.0.0.0/8"))
            .valid(ONE_RULE);

    assertThat(config.rules()).hasSize(1);
    assertThat(config.rules().getFirst().rule().prefix()).isEqualTo("two");
    assertThat(config.rules().getFirst().rule().policies().checkIntervals().usual())
        .isEqualTo(Duration.ofMinutes(5));
    assertThat(config.log().format()).isEqualTo(LogFormat.JSON);
    assertThat(config.defaults().platforms())
        .isEqualTo(new Platforms.Only(List.of(new Platform("linux", "arm64", ""))));
    assertThat(config.upstreams().allowPrivate()).hasToString("[10.0.0.0/8]");
  }

  @Test
  void aListMayGrowByTheNextNumber() {
    Config config =
        with(Map.of("SLUICE_RULES_1_PREFIX", "two", "SLUICE_RULES_1_UPSTREAM", "b.example"))
            .valid(ONE_RULE);

    assertThat(config.rules())
        .extracting(rule -> rule.rule().prefix())
        .containsExactly("one", "two");
  }

  @Test
  void aMistakeInAVariableNamesTheVariableAndTheKey() {
    assertThat(mistakes(Map.of("SLUICE_DEFAULTS_CHECKINTERVAL", "soon")))
        .singleElement()
        .asString()
        .startsWith(
            "SLUICE_DEFAULTS_CHECKINTERVAL: defaults.checkInterval: \"soon\" is not a duration");
    assertThat(mistakes(Map.of("SLUICE_RULES_0", "[{")))
        .first()
        .asString()
        .startsWith("SLUICE_RULES_0: rules[0]: is not YAML");
    assertThat(mistakes(Map.of("SLUICE_RULES", "")))
        .singleElement()
        .asString()
        .startsWith("SLUICE_RULES: rules: has no value");
    assertThat(mistakes(Map.of("SLUICE_TLS_KEY", "k")))
        .anyMatch(mistake -> mistake.startsWith("SLUICE_TLS_KEY: tls.certificate: is missing"))
        .anyMatch(mistake -> mistake.startsWith("SLUICE_TLS_KEY: tls.key: names the file k"));
  }

  @Test
  void anUnknownVariableIsAMistakeWithTheNearestName() {
    assertThat(mistakes(Map.of("SLUICE_DEFAULT_CHECKINTERVAL", "1h")))
        .singleElement()
        .asString()
        .startsWith(
            "SLUICE_DEFAULT_CHECKINTERVAL: is not a known variable; did you mean"
                + " SLUICE_DEFAULTS_CHECKINTERVAL?");
    assertThat(mistakes(Map.of("SLUICE_RULES_7_PREFIX", "x")))
        .singleElement()
        .asString()
        .startsWith("SLUICE_RULES_7_PREFIX: is not a known variable");
  }

  @Test
  void variablesOfTheLauncherOfTestsAndOfKubernetesAreNotOurs() {
    Map<String, String> others =
        Map.of(
            "SLUICE_JAVA_HOME", "/opt/jdk",
            "SLUICE_JAVA_OPTS", "-Xmx1g",
            "SLUICE_TEST_ANYTHING", "x",
            "SLUICE_SERVICE_HOST", "10.0.0.1",
            "SLUICE_SERVICE_PORT_REGISTRY", "5000",
            "SLUICE_PORT", "tcp://10.0.0.1:5000",
            "SLUICE_PORT_5000_TCP_ADDR", "10.0.0.1",
            "SLUICE_CLUSTER_SERVICE_HOST", "10.0.0.2",
            "SLUICE_CLUSTER_PORT", "tcp://10.0.0.2:5701",
            "PATH", "/bin");

    assertThat(with(others).valid(ONE_RULE).cluster()).isEmpty();
  }

  @Test
  void aPortIsOnlyAPortWhereKubernetesSetsAnAddress() {
    assertThat(mistakes(Map.of("SLUICE_PORT", "5000")))
        .singleElement()
        .asString()
        .startsWith("SLUICE_PORT: is not a known variable");
  }

  private ConfigFixture with(Map<String, String> variables) {
    return ConfigFixture.in(folder).with(variables);
  }

  private List<String> mistakes(Map<String, String> variables) {
    return with(variables).problems(ONE_RULE).stream().map(Problem::toString).toList();
  }
}

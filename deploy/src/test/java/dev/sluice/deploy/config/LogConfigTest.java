package dev.sluice.deploy.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.deploy.logging.LogFormat;
import dev.sluice.deploy.logging.LogLevel;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogConfigTest {

  @TempDir private Path folder;

  @Test
  void levelsAreReadByTheNameOfTheirLogger() {
    String yaml =
        """
        log:
          format: auto
          levels: { dev.sluice.fetcher: debug, sluice.requests: off, root: warn, io.vertx: info }
        """;

    assertThat(ConfigFixture.in(folder).valid(yaml).log())
        .isEqualTo(
            new Config.Log(
                LogFormat.AUTO,
                true,
                Map.of(
                    "dev.sluice.fetcher", LogLevel.DEBUG,
                    "sluice.requests", LogLevel.OFF,
                    "root", LogLevel.WARN,
                    "io.vertx", LogLevel.INFO)));
  }

  @Test
  void theEnvironmentMaySetThemAll() {
    assertThat(
            ConfigFixture.in(folder)
                .with(Map.of("SLUICE_LOG_LEVELS", "{dev.sluice: trace}"))
                .valid("log: {levels: {dev.sluice: warn, root: warn}}")
                .log()
                .levels())
        .isEqualTo(Map.of("dev.sluice", LogLevel.TRACE));
  }

  @Test
  void aMistakeIsToldWithItsLine() {
    String yaml =
        """
        log:
          levels:
            dev.sluice: debug
            software.amazon.awssdk: debug
        """;

    assertThat(ConfigFixture.in(folder).problems(yaml))
        .singleElement()
        .extracting(Problem::toString)
        .asString()
        .contains("sluice.yaml:4: log.levels.software.amazon.awssdk: must not be at debug");
  }
}

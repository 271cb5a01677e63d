package dev.sluice.deploy.config;

import static dev.sluice.deploy.config.ConfigFixture.onlyMistake;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hosts that stand for a prefix. */
final class VirtualHostsReaderTest {

  private ConfigFixture fixture;

  @BeforeEach
  void begin(@TempDir Path folder) {
    fixture = ConfigFixture.in(folder);
  }

  @Test
  void hostsAreKeptInLowerCase() {
    Config config = fixture.valid("virtualHosts: { Hub.Example.com: docker-hub, q.test: quay }");

    assertThat(config.virtualHosts())
        .containsOnly(Map.entry("hub.example.com", "docker-hub"), Map.entry("q.test", "quay"));
    assertThat(fixture.defaults().virtualHosts()).isEmpty();
  }

  @Test
  void aHostHasNoPortAndNoScheme() {
    assertThat(onlyMistake(fixture.load("virtualHosts: { \"hub.test:5000\": docker-hub }")))
        .contains("virtualHosts.hub.test:5000", "is not a host", "without a port");
  }

  @Test
  void thePublicHostIsNoPrefixs() {
    assertThat(
            onlyMistake(
                fixture.load(
                    """
                    publicUrl: https://cache.test:8443
                    virtualHosts: { CACHE.test: docker-hub }
                    """)))
        .contains("is the host of publicUrl");
  }

  @Test
  void rootNeedsNone() {
    assertThat(onlyMistake(fixture.load("virtualHosts: { hub.test: ROOT }"))).contains("ROOT");
  }
}

package dev.sluice.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.deploy.config.Config;
import dev.sluice.deploy.config.ConfigLoader;
import dev.sluice.deploy.config.Loaded;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BannerTest {

  @Test
  void tellsWhereTheNodeIsAndWhatToTry() {
    assertThat(banner(Map.of("SLUICE_DATA", "/d", "SLUICE_LISTEN", "127.0.0.1:0")))
        .isEqualTo(
            """
            sluice listens on 127.0.0.1:4711
              management   127.0.0.1:9090
              data         /d
              rules        docker-hub, ecr-public, quay, ghcr, k8s, mcr, gitlab, chainguard, gcr
              try          docker pull 127.0.0.1:4711/docker-hub/library/alpine:latest
            """);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[{prefix: aws, upstream: public.ecr.aws}] | aws/amazonlinux/amazonlinux:latest",
        "[{prefix: ROOT, upstream: docker.io}]     | library/alpine:latest",
        "[{prefix: quay, upstream: quay.io}]       | quay/<repository>:<tag>",
        "[{prefix: hub, upstream: docker.io, upstreamPrefix: me}] | hub/<repository>:<tag>",
      })
  void anImageToTryIsOfTheFirstRule(String rules, String image) {
    assertThat(banner(Map.of("SLUICE_RULES", rules)))
        .contains("docker pull 127.0.0.1:4711/" + image + "\n");
  }

  @Test
  void theAddressToPullFromIsTheOneThatClientsSee() {
    assertThat(banner(Map.of("SLUICE_LISTEN", "0.0.0.0:5000"))).contains("pull localhost:4711/");
    assertThat(banner(Map.of("SLUICE_LISTEN", "[::1]:5000"))).contains("pull [::1]:4711/");
    assertThat(banner(Map.of("SLUICE_PUBLICURL", "https://cache.example")))
        .contains("pull cache.example/");
  }

  @Test
  void withoutRulesThereIsNothingToTry() {
    assertThat(banner(Map.of("SLUICE_RULES", "[]")))
        .contains("rules        none")
        .doesNotContain("docker pull");
  }

  private static String banner(Map<String, String> variables) {
    Loaded loaded = new ConfigLoader(variables, Path.of("/home/me")).load();
    assertThat(loaded).isInstanceOf(Loaded.Valid.class);
    Config config = ((Loaded.Valid) loaded).config();
    return Banner.text(config, 4711);
  }
}

package dev.sluice.deploy.config;

import static dev.sluice.deploy.config.ConfigFixture.onlyMistake;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.metadata.CheckIntervals;
import dev.sluice.metadata.Platforms;
import dev.sluice.metadata.Rule;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where upstreams are really reached, by their names. */
final class EndpointsTest {

  private static final URI HERE = URI.create("http://127.0.0.1:5555");

  private ConfigFixture fixture;

  @BeforeEach
  void begin(@TempDir Path folder) {
    fixture = ConfigFixture.in(folder);
  }

  @Test
  void aRuleWithoutAnEndpointOfItsOwnHasItsUpstreams() {
    Config config =
        fixture.valid(
            """
            upstreams:
              allowPrivate: [127.0.0.0/8]
              endpoints: {public.ecr.aws: "http://127.0.0.1:5555"}
            rules:
              - {prefix: aws, upstream: public.ecr.aws}
              - {prefix: own, upstream: public.ecr.aws, endpoint: "https://mirror.example"}
              - {prefix: quay, upstream: quay.io}
            """);

    assertThat(config.fileRules())
        .extracting(Rule::endpoint)
        .containsExactly(
            Optional.of(HERE), Optional.of(URI.create("https://mirror.example")), Optional.empty());
  }

  @Test
  void aRuleOfTheApiIsCompletedByWhatTheFileSaysOfAllRules() {
    Config config =
        fixture.valid(
            """
            upstreams: {endpoints: {public.ecr.aws: "http://127.0.0.1:5555"}}
            defaults: {checkInterval: 25s}
            rules: []
            """);
    Rule made = new Rule("aws", "public.ecr.aws", WellKnown.POLICIES);

    Rule completed = config.completed(made);

    assertThat(completed.endpoint()).contains(HERE);
    assertThat(completed.policies().checkIntervals())
        .isEqualTo(new CheckIntervals(Duration.ofSeconds(25)));
    assertThat(completed.policies().platforms()).isEqualTo(new Platforms.All());
    assertThat(
            config
                .completed(new Rule("hub", "docker.io", WellKnown.POLICIES))
                .policies()
                .platforms())
        .isEqualTo(new Platforms.Requested());
  }

  @Test
  void theirNamesAreHostsAndPlainHttpStaysOnThisMachine() {
    for (String wrong :
        List.of("{'not a host': 'https://a.example'}", "{quay.io: 'http://10.0.0.1:80'}")) {
      assertThat(onlyMistake(fixture.load("upstreams: {endpoints: " + wrong + "}")))
          .contains("upstreams.endpoints");
    }
  }
}

package dev.sluice.deploy.accept;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The console of any node shows the whole cluster, whatever happens to the others. */
@RequiresCluster
class ClusterConsoleTest {
  private static final Duration SOON = Duration.ofSeconds(30);

  @TempDir Path folder;

  @Test
  void everyNodeIsShownAndOneThatWasKilledIsNamed() throws Exception {
    GeneratedBlob layer = GeneratedBlob.of(1, 500_000);
    try (var upstream = TestUpstream.start(Pace.of(64 << 20));
        var cluster = TestCluster.start(folder, 3, RuleConfig.daily("cache", upstream.endpoint()));
        var console = new ConsoleClient(cluster.node(0))) {
      upstream.publish("team/app", layer);
      assertThat(console.login(EcrAdmin.ID, EcrAdmin.SECRET)).isEqualTo(200);
      for (SluiceNode node : cluster.nodes()) {
        String path = "/v2/cache/team/app/blobs/" + layer.digest();
        assertThat(node.get(path).statusCode()).isEqualTo(200);
      }

      JsonObject overview = console.json("/api/v1/overview");
      assertThat(answering(overview, true)).hasSize(3);
      assertThat(overview.getJsonObject("totals").getInteger("requests")).isEqualTo(3);
      assertThat(overview.getJsonObject("totals").getLong("bytesServed")).isEqualTo(1_500_000);
      assertThat(overview.getJsonObject("totals").getLong("bytesFromUpstream"))
          .as("it came from upstream once")
          .isBetween(500_000L, 600_000L);
      assertThat(console.json("/api/v1/activity").getJsonArray("pulls")).hasSize(3);
      try (var other = new ConsoleClient(cluster.node(1), console)) {
        assertThat(other.json("/api/v1/session").getString("name")).isEqualTo(EcrAdmin.ID);
      }

      cluster.kill(2);
      Await.until(
          "the killed node is named",
          SOON,
          () -> answering(console.json("/api/v1/overview"), false).size() == 1);
      assertThat(answering(console.json("/api/v1/overview"), true)).hasSize(2);
    }
  }

  private static Set<String> answering(JsonObject overview, boolean isAnswering) {
    return overview.getJsonArray("nodes").stream()
        .map(JsonObject.class::cast)
        .filter(node -> node.getBoolean("answering") == isAnswering)
        .map(node -> node.getString("name"))
        .collect(Collectors.toSet());
  }
}

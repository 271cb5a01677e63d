package dev.sluice.deploy.accept;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.deploy.accept.Dashboard.Panel;
import dev.sluice.deploy.accept.MetricsPage.Metric;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** Three nodes under a small load, a real Prometheus that scrapes them, and what it can tell. */
@RequiresCluster
@RequiresPrometheus
@TestInstance(Lifecycle.PER_CLASS)
class MonitoringTest {
  private static final Duration SHOWN_DEADLINE = Duration.ofSeconds(60);

  private TestUpstream upstream;
  private TestCluster cluster;
  private Prometheus prometheus;

  @BeforeAll
  void loadIsPutOn(@TempDir Path folder) throws Exception {
    upstream = TestUpstream.start(Pace.of(Integer.MAX_VALUE));
    upstream.announce("ratelimit-limit: 100;w=21600", "ratelimit-remaining: 60;w=21600");
    cluster = TestCluster.start(folder, 3, RuleConfig.daily("cache", upstream.endpoint()));
    prometheus =
        Prometheus.start(Files.createDirectory(folder.resolve("watching")), cluster.nodes());
    for (int image = 0; image < 4; image++) {
      List<GeneratedBlob> layers = ClusterStory.publish(upstream, "team/app-" + image, 2, 1);
      for (SluiceNode node : cluster.nodes()) {
        ClusterStory.assertNoneFailed(
            List.of(new DockerLikePull(node.port(), "team/app-" + image, layers).run()));
        assertThat(node.get("/v2/cache/no/such/manifests/one").statusCode()).isEqualTo(404);
      }
    }
  }

  @AfterAll
  void end() throws Exception {
    if (prometheus != null) {
      prometheus.close();
    }
    if (cluster != null) {
      cluster.close();
    }
    upstream.close();
  }

  @Test
  void everyPanelOfEveryDashboardHasData() throws Exception {
    List<Dashboard> dashboards = Dashboard.all();
    assertThat(dashboards).hasSize(3);
    List<String> missing = new ArrayList<>();
    for (Dashboard dashboard : dashboards) {
      for (Panel panel : dashboard.panels()) {
        assertThat(panel.queries()).as(panel.title()).isNotEmpty();
        for (String query : panel.queries()) {
          if (!comesToHaveData(query)) {
            missing.add(dashboard.title() + ", " + panel.title() + ": " + prometheus.query(query));
          }
        }
      }
    }
    assertThat(missing).isEmpty();
  }

  @Test
  void everyVariableOfADashboardHasValues() throws Exception {
    for (Dashboard dashboard : Dashboard.all()) {
      for (String variable : dashboard.variables()) {
        String[] words =
            variable.replaceAll("label_values\\((\\w+), (\\w+)\\)", "$1 $2").split(" ");
        String query = "count by (%s) (%s)".formatted(words[1], words[0]);
        assertThat(comesToHaveData(query)).as(variable).isTrue();
      }
    }
  }

  @Test
  void everyMetricIsOnThePageAndThePageHasNoOther() throws Exception {
    Set<Metric> shown =
        cluster.nodes().stream()
            .flatMap(node -> MetricsPage.shown(text(node)).stream())
            .collect(Collectors.toSet());

    assertThat(MetricsPage.documented()).containsExactlyInAnyOrderElementsOf(shown);
  }

  @Test
  void promtoolFindsNothingWrongWithNamesAndUnits(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("metrics"), text(cluster.node(0)));

    var outcome =
        new Tool(List.of("sh", "-c"), Map.of(), folder)
            .succeed("promtool check metrics < '%s'".formatted(file));

    assertThat(outcome.stdout() + outcome.stderr()).isEmpty();
  }

  @Test
  void theAlertsAreLoadedAndNoneIsGiven() throws Exception {
    JsonNode rules = prometheus.get("/api/v1/rules").at("/data/groups/0/rules");

    assertThat(rules).isNotEmpty();
    assertThat(rules)
        .allSatisfy(rule -> assertThat(rule.get("health").asText()).isIn("ok", "unknown"));
    assertThat(prometheus.query("ALERTS{alertstate=\"firing\"}").at("/data/result")).isEmpty();
  }

  /** Rates need two scrapes. */
  private boolean comesToHaveData(String query) throws Exception {
    try {
      Await.until(
          query,
          SHOWN_DEADLINE,
          () ->
              prometheus
                  .query(query)
                  .at("/data/result")
                  .valueStream()
                  .anyMatch(series -> !series.at("/value/1").asText().equals("NaN")));
      return true;
    } catch (AssertionError none) {
      return false;
    }
  }

  private static String text(SluiceNode node) {
    try {
      return node.metrics();
    } catch (Exception unreachable) {
      throw new IllegalStateException(unreachable);
    }
  }
}

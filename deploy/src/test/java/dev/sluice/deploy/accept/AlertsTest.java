package dev.sluice.deploy.accept;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shipped configuration of Prometheus, and its alerts, by Prometheus' own checks. */
@RequiresPrometheus
class AlertsTest {
  private static final Path SHIPPED = Path.of("prometheus").toAbsolutePath();
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  @TempDir Path folder;

  @Test
  void theConfigurationAndTheAlertsAreValid() throws IOException {
    promtool("check", "config", SHIPPED.resolve("prometheus.yml").toString());
    promtool("check", "rules", SHIPPED.resolve("alerts.yml").toString());
  }

  @Test
  void theAlertsAreGivenWhenTheyShouldBe() throws IOException {
    promtool("test", "rules", SHIPPED.resolve("alerts-test.yml").toString());
  }

  @Test
  void everyAlertSaysWhatToDoAndIsTested() throws IOException {
    JsonNode alerts = YAML.readTree(SHIPPED.resolve("alerts.yml").toFile()).at("/groups/0/rules");
    List<String> heard =
        YAML
            .readTree(SHIPPED.resolve("alerts-test.yml").toFile())
            .findParents("exp_alerts")
            .stream()
            .map(test -> test.get("alertname").asText())
            .toList();

    assertThat(alerts)
        .isNotEmpty()
        .allSatisfy(
            alert -> {
              assertThat(alert.at("/annotations/summary").asText()).isNotBlank();
              assertThat(alert.at("/annotations/description").asText()).isNotBlank();
              assertThat(alert.at("/labels/severity").asText()).isIn("page", "ticket");
              assertThat(heard).contains(alert.get("alert").asText());
            });
  }

  private void promtool(String... words) throws IOException {
    new Tool(List.of("promtool"), Map.of(), folder).succeed(words);
  }
}

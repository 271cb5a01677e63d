package dev.sluice.deploy.accept;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A shipped dashboard of Grafana. */
record Dashboard(String title, List<Panel> panels, List<String> variables) {
  private static final Path SHIPPED = Path.of("grafana", "dashboards");
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * A panel.
   *
   * @param queries as Grafana sends them, for everything and the last minute
   */
  record Panel(String title, List<String> queries) {}

  /** All that are shipped. */
  static List<Dashboard> all() throws IOException {
    try (Stream<Path> files = Files.list(SHIPPED)) {
      return files.sorted().map(Dashboard::read).toList();
    }
  }

  private static Dashboard read(Path file) {
    try {
      JsonNode json = JSON.readTree(file.toFile());
      return new Dashboard(
          json.get("title").asText(),
          children(json.get("panels"))
              .filter(panel -> !panel.get("type").asText().equals("row"))
              .map(Dashboard::panel)
              .toList(),
          children(json.at("/templating/list"))
              .map(variable -> variable.at("/query/query").asText())
              .toList());
    } catch (IOException broken) {
      throw new IllegalStateException(file.toString(), broken);
    }
  }

  private static Panel panel(JsonNode panel) {
    return new Panel(
        panel.get("title").asText(),
        children(panel.get("targets")).map(target -> filled(target.get("expr").asText())).toList());
  }

  private static Stream<JsonNode> children(JsonNode parent) {
    return parent.valueStream();
  }

  private static String filled(String expression) {
    return expression
        .replace("$__rate_interval", "1m")
        .replace("$__range", "1m")
        .replace("$node", ".*")
        .replace("$rule", ".*");
  }
}

package dev.sluice.deploy.accept;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What docs/metrics.md says there is, and what a node shows. */
final class MetricsPage {
  private static final Path PAGE = Path.of("../docs/metrics.md");
  private static final Pattern ROW =
      Pattern.compile(
          "(?m)^\\| `([a-z_]+)` \\| (counter|gauge|histogram|summary) \\|([^|]*)\\| .+ \\|$");
  private static final Pattern TYPE = Pattern.compile("(?m)^# TYPE (\\S+) (\\S+)$");
  private static final Pattern SAMPLE =
      Pattern.compile("(?m)^([a-z_]+?)(_bucket|_count|_sum)?(?:\\{(.*)})? \\S+$");
  private static final Pattern LABEL = Pattern.compile("([a-z]+)=\"");

  private MetricsPage() {}

  /**
   * A metric.
   *
   * @param labels their names
   */
  record Metric(String name, String type, Set<String> labels) {}

  /** The rows of the page. */
  static Set<Metric> documented() throws IOException {
    return ROW.matcher(Files.readString(PAGE))
        .results()
        .map(row -> new Metric(row.group(1), row.group(2), words(row.group(3))))
        .collect(Collectors.toSet());
  }

  private static Set<String> words(String cell) {
    return Arrays.stream(cell.replace("`", "").split("[ ,]+"))
        .filter(word -> !word.isEmpty())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** What was scraped; the longest of late, which each histogram has as well, is no metric more. */
  static Set<Metric> shown(String text) {
    Map<String, Set<String>> labels = new HashMap<>();
    for (MatchResult sample : SAMPLE.matcher(text).results().toList()) {
      Set<String> names = labels.computeIfAbsent(sample.group(1), first -> new TreeSet<>());
      if (sample.group(3) != null) {
        LABEL.matcher(sample.group(3)).results().forEach(label -> names.add(label.group(1)));
      }
      names.remove("le");
    }
    return TYPE.matcher(text)
        .results()
        .filter(type -> !type.group(1).endsWith("_max") || type.group(1).startsWith("jvm_"))
        .map(type -> new Metric(type.group(1), type.group(2), labels.get(type.group(1))))
        .collect(Collectors.toSet());
  }
}

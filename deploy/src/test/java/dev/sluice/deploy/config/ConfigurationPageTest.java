package dev.sluice.deploy.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.upstream.AddressRange;
import dev.sluice.metadata.NamePattern;
import dev.sluice.metadata.Policies;
import dev.sluice.metadata.Rule;
import dev.sluice.metadata.UpstreamLimits;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds docs/configuration.md against the records. */
final class ConfigurationPageTest {

  private static final Path PAGE = Path.of("../docs/configuration.md");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `([^`]+)` \\|");

  /** Records that are one value in the file. */
  private static final Set<Class<?>> VALUES =
      Set.of(HostPort.class, AddressRange.class, NamePattern.class);

  /** Records whose keys stand among those of the record around them. */
  private static final Set<Class<?>> INLINED =
      Set.of(Rule.class, Policies.class, UpstreamLimits.class);

  /** What is written in another way than it is kept. */
  private static final Map<String, String> WRITTEN =
      Map.of(
          "checkIntervals.usual", "checkInterval",
          "checkIntervals.byTag[].tags", "checkIntervals",
          "checkIntervals.byTag[].interval", "checkIntervals",
          "reservePercent", "pullReserve",
          "credentials[]", "credential");

  /** Policies that only a rule can have. */
  private static final Set<String> OF_A_RULE =
      Set.of(
          "defaults.repositories.allow[]",
          "defaults.repositories.deny[]",
          "defaults.tags.allow[]",
          "defaults.tags.deny[]");

  @Test
  void everyKeyHasARowAndEveryRowIsAKey() throws IOException {
    List<String> rows =
        ROW.matcher(Files.readString(PAGE)).results().map(row -> row.group(1)).toList();

    assertThat(rows)
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(
            keys(Config.class, "")
                .map(ConfigurationPageTest::written)
                .distinct()
                .filter(key -> !OF_A_RULE.contains(key))
                .toList());
  }

  private static String written(String key) {
    return WRITTEN.entrySet().stream()
        .filter(name -> key.endsWith('.' + name.getKey()))
        .findFirst()
        .map(name -> key.substring(0, key.length() - name.getKey().length()) + name.getValue())
        .orElse(key);
  }

  private static Stream<String> keys(Class<?> type, String path) {
    return Arrays.stream(type.getRecordComponents()).flatMap(component -> keys(component, path));
  }

  private static Stream<String> keys(RecordComponent component, String path) {
    Class<?> type = element(component.getGenericType());
    boolean isList = component.getType() == List.class;
    String key = path + component.getName() + (isList ? "[]" : "");
    if (!type.isRecord() || VALUES.contains(type)) {
      return Stream.of(key);
    }
    boolean isInlined = INLINED.contains(type) && !path.isEmpty();
    return keys(type, isInlined ? path : key + '.');
  }

  /** The T of an Optional or a List of T, and else the type itself. */
  private static Class<?> element(Type type) {
    if (type instanceof ParameterizedType generic) {
      Type first = generic.getActualTypeArguments()[0];
      return first instanceof Class<?> element ? element : Object.class;
    }
    return (Class<?>) type;
  }
}

package dev.sluice.deploy.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.upstream.AddressRange;
import dev.sluice.metadata.Policies;
import dev.sluice.metadata.Rule;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds docs/configuration.md against the records. */
final class ConfigurationPageTest {

  private static final Path PAGE = Path.of("../docs/configuration.md");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `([^`]+)` \\|");

  /** Records that are one value in the file. */
  private static final Set<Class<?>> VALUES = Set.of(HostPort.class, AddressRange.class);

  /** Records whose keys stand among those of the record around them. */
  private static final Set<Class<?>> INLINED = Set.of(Rule.class, Policies.class);

  @Test
  void everyKeyHasARowAndEveryRowIsAKey() throws IOException {
    List<String> rows =
        ROW.matcher(Files.readString(PAGE)).results().map(row -> row.group(1)).toList();

    assertThat(rows)
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(keys(Config.class, "").toList());
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

package dev.sluice.deploy.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.deploy.cluster.Seat;
import dev.sluice.fetcher.upstream.AddressRange;
import dev.sluice.metadata.NamePattern;
import dev.sluice.metadata.Policies;
import dev.sluice.metadata.Rule;
import dev.sluice.metadata.UpstreamLimits;
import dev.sluice.storage.s3.S3Settings;
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
      Set.of(
          Rule.class,
          Policies.class,
          UpstreamLimits.class,
          Seat.class,
          S3Settings.class,
          RedirectConfig.class);

  /** What is written in another way than it is kept, or in several, or not at all. */
  private static final Map<String, List<String>> WRITTEN =
      Map.ofEntries(
          Map.entry("door.tls.certificate", List.of("tls.certificate")),
          Map.entry("door.tls.key", List.of("tls.key")),
          Map.entry("door.proxyProtocol", List.of("proxyProtocol")),
          Map.entry("door.trustedProxies[]", List.of("trustedProxies[]")),
          Map.entry("door.limits.headTime", List.of("limits.headTime")),
          Map.entry("door.limits.connectionsPerAddress", List.of("limits.connectionsPerAddress")),
          Map.entry("door.limits.requestsPerConnection", List.of("limits.requestsPerConnection")),
          Map.entry("checkIntervals.usual", List.of("checkInterval")),
          Map.entry("checkIntervals.byTag[].tags", List.of("checkIntervals")),
          Map.entry("checkIntervals.byTag[].interval", List.of("checkIntervals")),
          Map.entry("reservePercent", List.of("pullReserve")),
          Map.entry("credentials[]", List.of("credential")),
          Map.entry("cluster.cluster", List.of("cluster.name")),
          Map.entry("cluster.address", List.of("cluster.host")),
          Map.entry("membershipPort", List.of("port")),
          Map.entry("blobPort", List.of("peerPort")),
          Map.entry("cluster.secret", List.of("cluster.secretFile")),
          Map.entry("redis.urls[]", List.of("redis.url", "redis.urls[]")),
          Map.entry("redis.mode", List.of("redis.master", "redis.cluster")),
          Map.entry("login.user", List.of("user")),
          Map.entry("login.password", List.of("passwordFile")),
          Map.entry("trustedCa", List.of("ca")),
          Map.entry("credentials.accessKey", List.of("accessKeyFile")),
          Map.entry("credentials.secretKey", List.of("secretKeyFile")),
          Map.entry("pool.connections", List.of()),
          Map.entry("pool.waiting", List.of()),
          Map.entry("redis.namespace", List.of()));

  /** Told by what else is there. */
  private static final List<String> IMPLIED = List.of("metadata.type", "storage.type");

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
            Stream.concat(keys(Config.class, ""), IMPLIED.stream())
                .flatMap(ConfigurationPageTest::written)
                .distinct()
                .filter(key -> !OF_A_RULE.contains(key))
                .toList());
  }

  private static Stream<String> written(String key) {
    for (Map.Entry<String, List<String>> name : WRITTEN.entrySet()) {
      String rest = name.getKey();
      if (key.equals(rest) || key.endsWith('.' + rest)) {
        String before = key.substring(0, key.length() - rest.length());
        return name.getValue().stream().map(written -> before + written);
      }
    }
    return Stream.of(key);
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

package dev.sluice.metadata.redis;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Whether this machine has Redis. With SLUICE_TEST_REQUIRE_CLIENTS=1 a machine that has not is an
 * error instead of a skipped test.
 */
final class RedisCondition implements ExecutionCondition {
  private static final List<String> PROGRAMS = List.of("redis-server", "redis-cli", "openssl");

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    List<String> missing = PROGRAMS.stream().filter(program -> !isOnPath(program)).toList();
    if (missing.isEmpty()) {
      return ConditionEvaluationResult.enabled("Redis is here");
    }
    if ("1".equals(System.getenv("SLUICE_TEST_REQUIRE_CLIENTS"))) {
      throw new IllegalStateException("Redis is required, and missing: " + missing);
    }
    return ConditionEvaluationResult.disabled("missing: " + missing);
  }

  private static boolean isOnPath(String program) {
    return Stream.of(System.getenv("PATH").split(":"))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }
}

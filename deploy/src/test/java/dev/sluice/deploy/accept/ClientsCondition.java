package dev.sluice.deploy.accept;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Whether this machine can run the real clients. With SLUICE_TEST_REQUIRE_CLIENTS=1 a machine that
 * cannot is an error instead of a skipped test, so that a pipeline never passes by leaving them
 * out.
 */
final class ClientsCondition implements ExecutionCondition {
  private static final List<String> PROGRAMS =
      List.of(
          "docker",
          "dockerd",
          "containerd",
          "ctr",
          "runc",
          "skopeo",
          "podman",
          "docker-registry",
          "umount");

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    return verdict(missing());
  }

  /** What follows from what is missing. */
  static ConditionEvaluationResult verdict(List<String> missing) {
    if (missing.isEmpty()) {
      return ConditionEvaluationResult.enabled("everything is here");
    }
    if ("1".equals(System.getenv("SLUICE_TEST_REQUIRE_CLIENTS"))) {
      throw new IllegalStateException("these are required, and missing: " + missing);
    }
    return ConditionEvaluationResult.disabled("missing: " + missing);
  }

  /** Which of these programs are missing. */
  static List<String> notOnPath(List<String> programs) {
    return programs.stream().filter(program -> !isOnPath(program)).toList();
  }

  private static List<String> missing() {
    List<String> missing = new ArrayList<>(notOnPath(PROGRAMS));
    if (!"root".equals(System.getProperty("user.name"))) {
      missing.add("root, which dockerd needs");
    }
    if (!"amd64".equals(System.getProperty("os.arch"))) {
      missing.add("an x86-64 machine, which the test image needs");
    }
    return missing;
  }

  private static boolean isOnPath(String program) {
    return Stream.of(System.getenv("PATH").split(":"))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }
}

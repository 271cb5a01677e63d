package dev.sluice.deploy.accept;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A command-line program with the words and the environment that every call of it gets.
 *
 * @param folder where its output files go
 */
record Tool(List<String> words, Map<String, String> environment, Path folder) {
  private static final Duration DEADLINE = Duration.ofSeconds(60);

  /**
   * How one call ended.
   *
   * @param stdout one character per byte, so that exact bytes can be had back
   */
  record Outcome(int exit, String stdout, String stderr) {
    byte[] bytes() {
      return stdout.getBytes(StandardCharsets.ISO_8859_1);
    }
  }

  /** Runs to the end; fails when that takes more than a minute. */
  Outcome run(String... arguments) throws IOException {
    List<String> command = Stream.concat(words.stream(), Stream.of(arguments)).toList();
    Files.createDirectories(folder);
    Path stdout = Files.createTempFile(folder, "tool", ".out");
    Path stderr = Files.createTempFile(folder, "tool", ".err");
    var builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    Process process =
        builder.redirectOutput(stdout.toFile()).redirectError(stderr.toFile()).start();
    awaitEnd(process, command);
    return new Outcome(
        process.exitValue(),
        Files.readString(stdout, StandardCharsets.ISO_8859_1),
        Files.readString(stderr));
  }

  /** Runs to the end, which must be exit code 0. */
  Outcome succeed(String... arguments) throws IOException {
    Outcome outcome = run(arguments);
    assertThat(outcome.exit())
        .as("%s %s\n%s%s", words, List.of(arguments), outcome.stdout(), outcome.stderr())
        .isZero();
    return outcome;
  }

  private static void awaitEnd(Process process, List<String> command) {
    process.onExit().completeOnTimeout(process, DEADLINE.toMillis(), TimeUnit.MILLISECONDS).join();
    if (process.isAlive()) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      throw new AssertionError("not done within " + DEADLINE + ": " + command);
    }
  }
}

package dev.sluice.deploy.accept;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A long-running process whose output goes to files, ended only by its own handle. */
final class LoggedProcess implements AutoCloseable {
  private static final Duration STOP_DEADLINE = Duration.ofSeconds(30);

  private final String name;
  private final Process process;
  private final Path stdout;
  private final Path stderr;

  private LoggedProcess(String name, Process process, Path stdout, Path stderr) {
    this.name = name;
    this.process = process;
    this.stdout = stdout;
    this.stderr = stderr;
  }

  /** Starts the command; its output is kept in {@code folder} under the given name. */
  static LoggedProcess start(String name, Path folder, List<String> command) throws IOException {
    return start(name, folder, command, Map.of());
  }

  /** The same with these variables in its environment besides ours. */
  static LoggedProcess start(
      String name, Path folder, List<String> command, Map<String, String> variables)
      throws IOException {
    Files.createDirectories(folder);
    Path stdout = Files.createTempFile(folder, name, ".out");
    Path stderr = Files.createTempFile(folder, name, ".err");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(stdout.toFile()).redirectError(stderr.toFile());
    builder.environment().putAll(variables);
    return new LoggedProcess(name, builder.start(), stdout, stderr);
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** The process's end is awaited without interruption, so that it can be called in close(). */
  boolean endsWithin(Duration deadline) {
    process.onExit().completeOnTimeout(process, deadline.toMillis(), TimeUnit.MILLISECONDS).join();
    return !process.isAlive();
  }

  int exitCode() {
    return process.exitValue();
  }

  /** Sends SIGTERM and returns at once. */
  void terminate() {
    process.destroy();
  }

  /** Sends SIGTERM and fails if the process is still there after 30 seconds. */
  void stop() throws IOException {
    terminate();
    if (!endsWithin(STOP_DEADLINE)) {
      kill();
      throw new AssertionError(name + " did not end within 30 s of SIGTERM:\n" + output());
    }
  }

  /** Sends SIGKILL and waits for the end. */
  void kill() {
    process.destroyForcibly();
    if (!endsWithin(STOP_DEADLINE)) {
      throw new AssertionError(name + " survived SIGKILL");
    }
  }

  long pid() {
    return process.pid();
  }

  /** Stops the process where it is, as {@code kill -STOP} does, or lets it go on. */
  void freeze(boolean frozen) throws IOException {
    String signal = frozen ? "-STOP" : "-CONT";
    new ProcessBuilder("kill", signal, Long.toString(process.pid())).start().onExit().join();
  }

  String stderr() throws IOException {
    return Files.readString(stderr);
  }

  /** Everything the process wrote so far, to both streams. */
  String output() throws IOException {
    return Files.readString(stdout) + stderr();
  }

  @Override
  public void close() throws IOException {
    if (isAlive()) {
      stop();
    }
  }
}

package dev.sluice.deploy.logging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Where a process runs, as far as its log cares.
 *
 * @param root of the file system
 * @param environment of the process
 */
record Whereabouts(Path root, Map<String, String> environment) {

  /** What Docker and Podman put into every container. */
  private static final List<String> MARKS = List.of(".dockerenv", "run/.containerenv");

  /** What Kubernetes sets in every container, whatever runs it. */
  private static final String KUBERNETES = "KUBERNETES_SERVICE_HOST";

  /** What standard output is on Linux: containers are nowhere else. */
  private static final String OUTPUT = "proc/self/fd/1";

  private static final List<String> TERMINALS = List.of("/dev/pts/", "/dev/tty", "/dev/console");

  static Whereabouts ofThisProcess() {
    return new Whereabouts(Path.of("/"), System.getenv());
  }

  boolean isContainer() {
    return environment.containsKey(KUBERNETES)
        || MARKS.stream().anyMatch(mark -> Files.exists(root.resolve(mark)));
  }

  /**
   * Whether somebody sits at the other end of standard output. {@code System.console()} would look
   * at standard input too, which services have none of.
   */
  boolean isTerminal() {
    try {
      String output = Files.readSymbolicLink(root.resolve(OUTPUT)).toString();
      return TERMINALS.stream().anyMatch(output::startsWith);
    } catch (IOException | UnsupportedOperationException unknown) {
      return false;
    }
  }
}

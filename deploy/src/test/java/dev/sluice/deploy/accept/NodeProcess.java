package dev.sluice.deploy.accept;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The operating-system process of a node, started as {@code ./sluice serve} starts it. */
final class NodeProcess {
  private static final List<String> FLAGS =
      List.of(
          "-XX:+UseSerialGC",
          "-Xmx256m",
          "-Xss512k",
          "-XX:MaxDirectMemorySize=128m",
          "-XX:+ExitOnOutOfMemoryError",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow");

  /** Tests run in containers too, and people read what failed in them. */
  private static final Map<String, String> FOR_PEOPLE = Map.of("SLUICE_LOG_FORMAT", "plain");

  private NodeProcess() {}

  /** Starts {@code serve} on the given YAML; files of the process go to {@code folder}. */
  static LoggedProcess serve(Path folder, String yaml, String... jvmFlags) throws IOException {
    return serve(FOR_PEOPLE, folder, yaml, jvmFlags);
  }

  /** The same with variables in its environment. */
  static LoggedProcess serve(
      Map<String, String> variables, Path folder, String yaml, String... jvmFlags)
      throws IOException {
    Files.createDirectories(folder);
    Path file = Files.createTempFile(folder, "sluice", ".yaml");
    Files.writeString(file, yaml);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(FLAGS);
    command.addAll(List.of(jvmFlags));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of("dev.sluice.deploy.Main", "serve", "--config", file.toString()));
    return LoggedProcess.start("sluice", folder, command, variables);
  }
}

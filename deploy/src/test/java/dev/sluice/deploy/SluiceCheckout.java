package dev.sluice.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A folder with the script {@code ./sluice}, beside a Java and a Maven that only say how they were
 * called.
 */
final class SluiceCheckout {

  private static final List<String> ORDINARY =
      List.of(
          "bash", "dirname", "readlink", "grep", "sed", "head", "sort", "mkdir", "mktemp", "rm");

  /** Where the script is. */
  final Path top;

  /** The home of a JDK that is new enough. */
  final Path java;

  /** Where the Maven is. */
  final Path tools;

  private final Path folder;

  /** What a run of the script came to. */
  record Ended(int code, String output) {}

  /** Lays it out in this folder, from which the script is called. */
  SluiceCheckout(Path folder) throws IOException {
    this.folder = folder;
    top = Files.createDirectories(folder.resolve("top"));
    Files.copy(Path.of("../sluice"), top.resolve("sluice"));
    java = javaHome("jdk", "25.0.1");
    tools = Files.createDirectories(folder.resolve("tools"));
    script(
        tools.resolve("mvn"),
        """
        if [ "$1" = --version ]; then echo "Apache Maven ${FAKE_VERSION:-3.8.7}"; exit; fi
        echo "mvn $* in $PWD with $JAVA_HOME"
        [ -z "$FAKE_FAILURE" ] || exit 1
        mkdir -p deploy/target/lib && : > deploy/target/sluice-deploy-1.jar
        """);
  }

  /** Lays out what a build leaves behind. */
  void built() throws IOException {
    Files.createDirectories(top.resolve("deploy/target/lib"));
    Files.createFile(top.resolve("deploy/target/sluice-deploy-1.jar"));
    Files.createFile(top.resolve("deploy/target/sluice-deploy-1-tests.jar"));
  }

  /** A home of a JDK of this version, which says how it was called. */
  Path javaHome(String name, String version) throws IOException {
    Path home = folder.resolve(name);
    Files.createDirectories(home.resolve("bin"));
    Files.writeString(
        home.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
    script(
        home.resolve("bin/java"),
        """
        echo "in $PWD"; echo "as $0"; printf '%s\\n' "$@"
        for word; do
          case $word in -XX:AOTCacheOutput=*) : > "${word#*=}" ;; esac
        done
        """);
    script(home.resolve("bin/javac"), "");
    return home;
  }

  private static void script(Path file, String body) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + body);
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  /** Runs the script. */
  Ended run(Map<String, String> variables, String... words) throws Exception {
    return run(top.resolve("sluice"), variables, words);
  }

  /** Runs it by another path. */
  Ended run(Path script, Map<String, String> variables, String... words) throws Exception {
    List<String> command = new ArrayList<>(List.of(script.toString()));
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("SLUICE_"));
    builder.environment().put("SLUICE_JAVA_HOME", java.toString());
    builder.environment().put("PATH", path());
    builder.environment().putAll(variables);
    Process process = builder.redirectErrorStream(true).start();
    try {
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      return new Ended(process.exitValue(), output);
    } finally {
      process.destroyForcibly();
    }
  }

  /** The fake tools, and the ordinary ones that scripts need, but no real Maven. */
  String path() throws IOException {
    Path ordinary = Files.createDirectories(folder.resolve("ordinary"));
    for (String tool : ORDINARY) {
      Path usual = Path.of("/usr/bin", tool);
      Path real = Files.exists(usual) ? usual : Path.of("/bin", tool);
      script(ordinary.resolve(tool), "exec " + real + " \"$@\"\n");
    }
    return tools + ":" + ordinary;
  }
}

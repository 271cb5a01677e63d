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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs the script {@code ./sluice} with a Java and a Maven that only say how they were called. */
@Timeout(60)
final class SluiceScriptTest {

  private record Ended(int code, String output) {}

  @TempDir private Path folder;
  private Path top;
  private Path java;
  private Path tools;

  @BeforeEach
  void layOut() throws IOException {
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

  @Test
  void aBuiltSluiceIsStartedWithTheCallersFolderAndWords() throws Exception {
    built();

    Ended ended = run(Map.of("SLUICE_JAVA_OPTS", "-Xmx1g -Da=b"), "check-config", "a b.yaml");

    assertThat(ended.code()).isZero();
    assertThat(ended.output().lines().toList())
        .startsWith("in " + folder)
        .containsSubsequence("-XX:+UseSerialGC", "-Xmx192m", "-Xmx1g", "-Da=b", "-cp")
        .contains(top + "/deploy/target/sluice-deploy-1.jar:" + top + "/deploy/target/lib/*")
        .endsWith("dev.sluice.deploy.Main", "check-config", "a b.yaml");
  }

  @Test
  void aSymlinkToItWillDo() throws Exception {
    built();
    Files.createSymbolicLink(tools.resolve("first"), Path.of("../top/sluice"));
    Path second = Files.createSymbolicLink(folder.resolve("second"), tools.resolve("first"));

    assertThat(run(second, Map.of(), "version").output()).contains(top + "/deploy/target/lib/*");
  }

  @Test
  void theFirstStartBuilds() throws Exception {
    Ended ended = run(Map.of(), "version");

    assertThat(ended.code()).isZero();
    assertThat(ended.output())
        .startsWith("sluice: building, first start only\n")
        .endsWith("dev.sluice.deploy.Main\nversion\n")
        .doesNotContain("mvn -q");
    assertThat(run(Map.of(), "version").output()).doesNotContain("building");
  }

  @Test
  void whatTheJvmLearnedAfterTheBuildIsUsedAtEveryStart() throws Exception {
    String cache = "-XX:AOTCache=" + top + "/deploy/target/sluice.aot";

    assertThat(run(Map.of(), "version").output()).contains(cache);
    assertThat(run(Map.of(), "version").output()).contains(cache);

    Files.delete(top.resolve("deploy/target/sluice.aot"));
    assertThat(run(Map.of(), "version").output()).doesNotContain("AOTCache");
  }

  @Test
  void aFailedBuildShowsWhatMavenSaid() throws Exception {
    Ended ended = run(Map.of("FAKE_FAILURE", "1"), "version");

    assertThat(ended.code()).isEqualTo(3);
    assertThat(ended.output())
        .contains(
            "mvn -q -B -DskipTests", " package in " + top + " with " + java, "could not be built");
  }

  @Test
  void anOldMavenIsSaidToBeTooOld() throws Exception {
    assertThat(run(Map.of("FAKE_VERSION", "3.6.3"), "version").output())
        .contains("building needs Maven 3.8 or newer; this is 3.6");
  }

  @Test
  void aMissingMavenIsSaidToBeMissing() throws Exception {
    Files.delete(tools.resolve("mvn"));

    Ended ended = run(Map.of(), "version");

    assertThat(ended.code()).isEqualTo(3);
    assertThat(ended.output())
        .contains(
            "needs Maven 3.8 or newer (mvn), which is not on PATH", "https://maven.apache.org");
  }

  @Test
  void anOldJavaIsSaidToBeTooOld() throws Exception {
    Path old = javaHome("old", "17.0.15");

    Ended ended = run(Map.of("SLUICE_JAVA_HOME", old.toString()), "version");

    assertThat(ended.code()).isEqualTo(3);
    assertThat(ended.output()).contains("SLUICE_JAVA_HOME=" + old + " is not a JDK 25 or newer.");
  }

  @Test
  void anOldJavaOfTheSystemIsPassedOver() throws Exception {
    built();
    Path old = javaHome("old", "21.0.2");

    Ended ended =
        run(
            Map.of(
                "SLUICE_JAVA_HOME",
                "",
                "JAVA_HOME",
                old.toString(),
                "PATH",
                java + "/bin:" + path()),
            "version");

    assertThat(ended.output()).contains("as " + java + "/bin/java");
  }

  private void built() throws IOException {
    Files.createDirectories(top.resolve("deploy/target/lib"));
    Files.createFile(top.resolve("deploy/target/sluice-deploy-1.jar"));
    Files.createFile(top.resolve("deploy/target/sluice-deploy-1-tests.jar"));
  }

  private Path javaHome(String name, String version) throws IOException {
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

  private Ended run(Map<String, String> variables, String... words) throws Exception {
    return run(top.resolve("sluice"), variables, words);
  }

  private Ended run(Path script, Map<String, String> variables, String... words) throws Exception {
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
  private String path() throws IOException {
    Path ordinary = Files.createDirectories(folder.resolve("ordinary"));
    for (String tool :
        List.of(
            "bash",
            "dirname",
            "readlink",
            "grep",
            "sed",
            "head",
            "sort",
            "mkdir",
            "mktemp",
            "rm")) {
      Path usual = Path.of("/usr/bin", tool);
      Path real = Files.exists(usual) ? usual : Path.of("/bin", tool);
      script(ordinary.resolve(tool), "exec " + real + " \"$@\"\n");
    }
    return tools + ":" + ordinary;
  }
}

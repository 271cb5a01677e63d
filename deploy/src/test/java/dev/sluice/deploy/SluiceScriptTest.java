package dev.sluice.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.deploy.SluiceCheckout.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code ./sluice}. */
@Timeout(60)
final class SluiceScriptTest {

  @TempDir private Path folder;
  private SluiceCheckout checkout;

  @BeforeEach
  void layOut() throws IOException {
    checkout = new SluiceCheckout(folder);
  }

  @Test
  void aBuiltSluiceIsStartedWithTheCallersFolderAndWords() throws Exception {
    checkout.built();

    Ended ended =
        checkout.run(Map.of("SLUICE_JAVA_OPTS", "-Xmx1g -Da=b"), "check-config", "a b.yaml");

    assertThat(ended.code()).isZero();
    assertThat(ended.output().lines().toList())
        .startsWith("in " + folder)
        .containsSubsequence("-XX:+UseSerialGC", "-Xmx192m", "-Xmx1g", "-Da=b", "-cp")
        .contains(
            checkout.top
                + "/deploy/target/sluice-deploy-1.jar:"
                + checkout.top
                + "/deploy/target/lib/*")
        .endsWith("dev.sluice.deploy.Main", "check-config", "a b.yaml");
  }

  @Test
  void aSymlinkToItWillDo() throws Exception {
    checkout.built();
    Files.createSymbolicLink(checkout.tools.resolve("first"), Path.of("../top/sluice"));
    Path second =
        Files.createSymbolicLink(folder.resolve("second"), checkout.tools.resolve("first"));

    assertThat(checkout.run(second, Map.of(), "version").output())
        .contains(checkout.top + "/deploy/target/lib/*");
  }

  @Test
  void theFirstStartBuilds() throws Exception {
    Ended ended = checkout.run(Map.of(), "version");

    assertThat(ended.code()).isZero();
    assertThat(ended.output())
        .startsWith("sluice: building, first start only\n")
        .endsWith("dev.sluice.deploy.Main\nversion\n")
        .doesNotContain("mvn -q");
    assertThat(checkout.run(Map.of(), "version").output()).doesNotContain("building");
  }

  @Test
  void whatTheJvmLearnedAfterTheBuildIsUsedAtEveryStart() throws Exception {
    String cache = "-XX:AOTCache=" + checkout.top + "/deploy/target/sluice.aot";

    assertThat(checkout.run(Map.of(), "version").output()).contains(cache);
    assertThat(checkout.run(Map.of(), "version").output()).contains(cache);

    Files.delete(checkout.top.resolve("deploy/target/sluice.aot"));
    assertThat(checkout.run(Map.of(), "version").output()).doesNotContain("AOTCache");
  }

  @Test
  void aFailedBuildShowsWhatMavenSaid() throws Exception {
    Ended ended = checkout.run(Map.of("FAKE_FAILURE", "1"), "version");

    assertThat(ended.code()).isEqualTo(3);
    assertThat(ended.output())
        .contains(
            "mvn -q -B -DskipTests",
            " package in " + checkout.top + " with " + checkout.java,
            "could not be built");
  }

  @Test
  void anOldMavenIsSaidToBeTooOld() throws Exception {
    assertThat(checkout.run(Map.of("FAKE_VERSION", "3.6.3"), "version").output())
        .contains("building needs Maven 3.8 or newer; this is 3.6");
  }

  @Test
  void aMissingMavenIsSaidToBeMissing() throws Exception {
    Files.delete(checkout.tools.resolve("mvn"));

    Ended ended = checkout.run(Map.of(), "version");

    assertThat(ended.code()).isEqualTo(3);
    assertThat(ended.output())
        .contains(
            "needs Maven 3.8 or newer (mvn), which is not on PATH", "https://maven.apache.org");
  }

  @Test
  void anOldJavaIsSaidToBeTooOld() throws Exception {
    Path old = checkout.javaHome("old", "17.0.15");

    Ended ended = checkout.run(Map.of("SLUICE_JAVA_HOME", old.toString()), "version");

    assertThat(ended.code()).isEqualTo(3);
    assertThat(ended.output()).contains("SLUICE_JAVA_HOME=" + old + " is not a JDK 25 or newer.");
  }

  @Test
  void anOldJavaOfTheSystemIsPassedOver() throws Exception {
    checkout.built();
    Path old = checkout.javaHome("old", "21.0.2");

    Ended ended =
        checkout.run(
            Map.of(
                "SLUICE_JAVA_HOME",
                "",
                "JAVA_HOME",
                old.toString(),
                "PATH",
                checkout.java + "/bin:" + checkout.path()),
            "version");

    assertThat(ended.output()).contains("as " + checkout.java + "/bin/java");
  }
}

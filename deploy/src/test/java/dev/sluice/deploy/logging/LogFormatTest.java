package dev.sluice.deploy.logging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogFormatTest {

  @TempDir private Path root;

  @Test
  void aMachineOfItsOwnIsReadByPeople() throws IOException {
    assertThat(isJson(LogFormat.AUTO)).isFalse();
    writesTo("/var/log/sluice.log");
    assertThat(isJson(LogFormat.AUTO)).isFalse();
    assertThat(isJson(LogFormat.JSON)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {".dockerenv", "run/.containerenv"})
  void aContainerIsReadByMachines(String mark) throws IOException {
    inContainer(mark);
    assertThat(isJson(LogFormat.AUTO)).isTrue();
    writesTo("pipe:[4711]");
    assertThat(isJson(LogFormat.AUTO)).isTrue();
    assertThat(isJson(LogFormat.PLAIN)).isFalse();
  }

  @Test
  void soIsOneOfKubernetesThatNothingElseMarks() {
    Whereabouts pod = new Whereabouts(root, Map.of("KUBERNETES_SERVICE_HOST", "10.96.0.1"));

    assertThat(LogFormat.AUTO.isJson(pod)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/dev/pts/0", "/dev/tty1", "/dev/console"})
  void atATerminalSitsAPersonThoughItIsInAContainer(String terminal) throws IOException {
    inContainer(".dockerenv");
    writesTo(terminal);

    assertThat(isJson(LogFormat.AUTO)).isFalse();
    assertThat(isJson(LogFormat.JSON)).isTrue();
  }

  @Test
  void nothingIsATerminalThatIsOnlyCalledSo() throws IOException {
    inContainer(".dockerenv");
    writesTo("/data/dev/pts/0");

    assertThat(isJson(LogFormat.AUTO)).isTrue();
  }

  private boolean isJson(LogFormat format) {
    return format.isJson(new Whereabouts(root, Map.of("HOME", "/root")));
  }

  private void inContainer(String mark) throws IOException {
    Path file = root.resolve(mark);
    Files.createDirectories(file.getParent());
    Files.createFile(file);
  }

  private void writesTo(String output) throws IOException {
    Files.createDirectories(output().getParent());
    Files.createSymbolicLink(output(), Path.of(output));
  }

  private Path output() {
    return root.resolve("proc/self/fd/1");
  }

  /** By itself, or it would be warned of that it leads out of the folder. */
  @AfterEach
  void removeLink() throws IOException {
    Files.deleteIfExists(output());
  }
}

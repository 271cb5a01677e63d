package dev.sluice.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a warm-up says before it asks a node. */
final class WarmUpRunTest {

  @TempDir private Path folder;
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private Path list;
  private Path missing;

  @BeforeEach
  void writeAList() throws IOException {
    list = Files.writeString(folder.resolve("list"), "up/app:1\n");
    missing = folder.resolve("missing");
  }

  private int run(String... words) {
    WarmUpCommand.Order order = (WarmUpCommand.Order) WarmUpCommand.parse(List.of(words));
    PrintStream told = new PrintStream(err, true, UTF_8);
    return new WarmUpRun(told, told, order).run();
  }

  @Test
  void aPasswordThatCannotBeReadIsNoNodeThatDoesNotAnswer() {
    assertThat(run(list.toString(), "--user", "ann", "--password-file", missing.toString()))
        .isEqualTo(Main.CANNOT_START);

    assertThat(err.toString(UTF_8).strip())
        .isEqualTo(
            "sluice: cannot read " + missing + ": there is no such file; check --password-file");
  }

  @Test
  void aListThatCannotBeReadIsNamed() {
    assertThat(run(missing.toString())).isEqualTo(Main.CANNOT_START);

    assertThat(err.toString(UTF_8))
        .startsWith("sluice: cannot read " + missing + ": there is no such file; give a file");
  }
}

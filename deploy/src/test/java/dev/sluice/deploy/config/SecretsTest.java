package dev.sluice.deploy.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {

  @TempDir private Path folder;

  @Test
  @Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void aPipeIsNotWaitedFor() throws IOException, InterruptedException {
    Process made = new ProcessBuilder("mkfifo", folder.resolve("hub").toString()).start();
    assertThat(made.waitFor(5, TimeUnit.SECONDS)).isTrue();
    assertThat(made.exitValue()).isZero();

    assertRefused("hub", "is no regular file");
  }

  @Test
  void whatIsMissingIsSaidToBe() {
    assertRefused("hub", "does not exist");
  }

  private void assertRefused(String name, String why) {
    assertThat(new Secrets(Optional.of(folder)).read(name))
        .isEqualTo(
            new Secrets.Unusable("needs the file " + folder.resolve(name) + ", which " + why));
  }
}

package dev.sluice.metadata.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RememberedIdentityTest {

  @Test
  void theLastOneIsRemembered(@TempDir Path folder) throws Exception {
    assertThat(new RememberedIdentity(folder).read()).isEmpty();

    for (String identity : List.of("a much longer identity", "second")) {
      new RememberedIdentity(folder).write(identity);
      assertThat(new RememberedIdentity(folder).read()).contains(identity);
    }
  }

  @Test
  void oneThatWasNotWrittenToItsEndIsNone(@TempDir Path folder) throws Exception {
    new RememberedIdentity(folder).write("first");
    Files.writeString(folder.resolve("authority.next"), "sec");

    assertThat(new RememberedIdentity(folder).read()).contains("first");
    new RememberedIdentity(folder).write("second");
    assertThat(new RememberedIdentity(folder).read()).contains("second");
  }
}

package dev.sluice.metadata.embedded;

import dev.sluice.metadata.Rules;
import dev.sluice.metadata.RulesContract;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedRulesTest extends RulesContract {

  private Embedded embedded;

  @BeforeEach
  void open(@TempDir Path folder) throws IOException {
    embedded = new Embedded(folder);
  }

  @AfterEach
  void close() {
    embedded.close();
  }

  @Override
  protected Rules rules() {
    return embedded.metadata().rules();
  }
}

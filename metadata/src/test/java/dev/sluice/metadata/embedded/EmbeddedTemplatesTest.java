package dev.sluice.metadata.embedded;

import dev.sluice.metadata.CreationTemplates;
import dev.sluice.metadata.CreationTemplatesContract;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedTemplatesTest extends CreationTemplatesContract {

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
  protected CreationTemplates templates() {
    return embedded.metadata().templates();
  }
}

package dev.sluice.metadata.embedded;

import dev.sluice.metadata.TagIndex;
import dev.sluice.metadata.TagIndexContract;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedTagIndexTest extends TagIndexContract {

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
  protected TagIndex tags() {
    return embedded.metadata().tags();
  }
}

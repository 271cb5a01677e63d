package dev.sluice.metadata.embedded;

import dev.sluice.metadata.Catalog;
import dev.sluice.metadata.CatalogContract;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedCatalogTest extends CatalogContract {

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
  protected Catalog catalog() {
    return embedded.metadata().catalog();
  }
}

package dev.sluice.metadata.embedded;

import dev.sluice.metadata.Catalog;
import dev.sluice.metadata.Repositories;
import dev.sluice.metadata.RepositoriesContract;
import dev.sluice.metadata.TagIndex;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedRepositoriesTest extends RepositoriesContract {

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
  protected Repositories repositories() {
    return embedded.metadata().repositories();
  }

  @Override
  protected Catalog catalog() {
    return embedded.metadata().catalog();
  }

  @Override
  protected TagIndex tags() {
    return embedded.metadata().tags();
  }
}

package dev.sluice.metadata.embedded;

import dev.sluice.metadata.Catalog;
import dev.sluice.metadata.Repositories;
import dev.sluice.metadata.RepositoriesContract;
import dev.sluice.metadata.TagIndex;
import org.junit.jupiter.api.extension.RegisterExtension;

class EmbeddedRepositoriesTest extends RepositoriesContract {

  @RegisterExtension private final FreshlyEmbedded embedded = new FreshlyEmbedded();

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

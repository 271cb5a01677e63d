package dev.sluice.metadata.shared;

import dev.sluice.metadata.Catalog;
import dev.sluice.metadata.Repositories;
import dev.sluice.metadata.RepositoriesContract;
import dev.sluice.metadata.TagIndex;
import org.junit.jupiter.api.extension.RegisterExtension;

class SharedRepositoriesTest extends RepositoriesContract {

  @RegisterExtension private final FreshlyShared shared = new FreshlyShared();

  @Override
  protected Catalog catalog() {
    return shared.metadata().catalog();
  }

  @Override
  protected TagIndex tags() {
    return shared.metadata().tags();
  }

  @Override
  protected Repositories repositories() {
    return shared.metadata().repositories();
  }
}

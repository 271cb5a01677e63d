package dev.sluice.metadata.shared;

import dev.sluice.metadata.Catalog;
import dev.sluice.metadata.CatalogContract;
import org.junit.jupiter.api.extension.RegisterExtension;

class SharedCatalogTest extends CatalogContract {

  @RegisterExtension private final FreshlyShared shared = new FreshlyShared();

  @Override
  protected Catalog catalog() {
    return shared.metadata().catalog();
  }
}

package dev.sluice.metadata.embedded;

import dev.sluice.metadata.Catalog;
import dev.sluice.metadata.CatalogContract;
import org.junit.jupiter.api.extension.RegisterExtension;

class EmbeddedCatalogTest extends CatalogContract {

  @RegisterExtension private final FreshlyEmbedded embedded = new FreshlyEmbedded();

  @Override
  protected Catalog catalog() {
    return embedded.metadata().catalog();
  }
}

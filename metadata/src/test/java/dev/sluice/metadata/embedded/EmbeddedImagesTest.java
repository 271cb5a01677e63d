package dev.sluice.metadata.embedded;

import dev.sluice.metadata.Catalog;
import dev.sluice.metadata.ImagesContract;
import dev.sluice.metadata.Repositories;
import dev.sluice.metadata.TagIndex;
import org.junit.jupiter.api.extension.RegisterExtension;

class EmbeddedImagesTest extends ImagesContract {

  @RegisterExtension private final FreshlyEmbedded embedded = new FreshlyEmbedded();

  @Override
  protected Catalog catalog() {
    return embedded.metadata().catalog();
  }

  @Override
  protected TagIndex tags() {
    return embedded.metadata().tags();
  }

  @Override
  protected Repositories repositories() {
    return embedded.metadata().repositories();
  }
}

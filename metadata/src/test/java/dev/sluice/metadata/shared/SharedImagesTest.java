package dev.sluice.metadata.shared;

import dev.sluice.metadata.Catalog;
import dev.sluice.metadata.ImagesContract;
import dev.sluice.metadata.Repositories;
import dev.sluice.metadata.TagIndex;
import org.junit.jupiter.api.extension.RegisterExtension;

class SharedImagesTest extends ImagesContract {

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

package dev.sluice.metadata.embedded;

import dev.sluice.metadata.TagIndex;
import dev.sluice.metadata.TagIndexContract;
import org.junit.jupiter.api.extension.RegisterExtension;

class EmbeddedTagIndexTest extends TagIndexContract {

  @RegisterExtension private final FreshlyEmbedded embedded = new FreshlyEmbedded();

  @Override
  protected TagIndex tags() {
    return embedded.metadata().tags();
  }
}

package dev.sluice.metadata.embedded;

import dev.sluice.metadata.CreationTemplates;
import dev.sluice.metadata.CreationTemplatesContract;
import org.junit.jupiter.api.extension.RegisterExtension;

class EmbeddedTemplatesTest extends CreationTemplatesContract {

  @RegisterExtension private final FreshlyEmbedded embedded = new FreshlyEmbedded();

  @Override
  protected CreationTemplates templates() {
    return embedded.metadata().templates();
  }
}

package dev.sluice.metadata.shared;

import dev.sluice.metadata.CreationTemplates;
import dev.sluice.metadata.CreationTemplatesContract;
import org.junit.jupiter.api.extension.RegisterExtension;

class SharedTemplatesTest extends CreationTemplatesContract {

  @RegisterExtension private final FreshlyShared shared = new FreshlyShared();

  @Override
  protected CreationTemplates templates() {
    return shared.metadata().templates();
  }
}

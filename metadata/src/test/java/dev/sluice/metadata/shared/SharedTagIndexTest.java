package dev.sluice.metadata.shared;

import dev.sluice.metadata.TagIndex;
import dev.sluice.metadata.TagIndexContract;
import org.junit.jupiter.api.extension.RegisterExtension;

class SharedTagIndexTest extends TagIndexContract {

  @RegisterExtension private final FreshlyShared shared = new FreshlyShared();

  @Override
  protected TagIndex tags() {
    return shared.metadata().tags();
  }
}

package dev.sluice.metadata.shared;

import dev.sluice.metadata.Rules;
import dev.sluice.metadata.RulesContract;
import org.junit.jupiter.api.extension.RegisterExtension;

class SharedRulesTest extends RulesContract {

  @RegisterExtension private final FreshlyShared shared = new FreshlyShared();

  @Override
  protected Rules rules() {
    return shared.metadata().rules();
  }
}

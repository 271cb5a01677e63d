package dev.sluice.metadata.embedded;

import dev.sluice.metadata.Rules;
import dev.sluice.metadata.RulesContract;
import org.junit.jupiter.api.extension.RegisterExtension;

class EmbeddedRulesTest extends RulesContract {

  @RegisterExtension private final FreshlyEmbedded embedded = new FreshlyEmbedded();

  @Override
  protected Rules rules() {
    return embedded.metadata().rules();
  }
}

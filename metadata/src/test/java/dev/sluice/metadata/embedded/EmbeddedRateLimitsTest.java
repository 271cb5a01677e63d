package dev.sluice.metadata.embedded;

import dev.sluice.metadata.RateLimits;
import dev.sluice.metadata.RateLimitsContract;
import org.junit.jupiter.api.extension.RegisterExtension;

class EmbeddedRateLimitsTest extends RateLimitsContract {

  @RegisterExtension private final FreshlyEmbedded embedded = new FreshlyEmbedded();

  @Override
  protected RateLimits limits() {
    return embedded.metadata().rateLimits();
  }
}

package dev.sluice.metadata.shared;

import dev.sluice.metadata.RateLimits;
import dev.sluice.metadata.RateLimitsContract;
import org.junit.jupiter.api.extension.RegisterExtension;

class SharedRateLimitsTest extends RateLimitsContract {

  @RegisterExtension private final FreshlyShared shared = new FreshlyShared();

  @Override
  protected RateLimits limits() {
    return shared.metadata().rateLimits();
  }
}

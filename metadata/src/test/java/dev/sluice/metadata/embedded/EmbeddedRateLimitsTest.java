package dev.sluice.metadata.embedded;

import dev.sluice.metadata.RateLimits;
import dev.sluice.metadata.RateLimitsContract;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedRateLimitsTest extends RateLimitsContract {

  private Embedded embedded;

  @BeforeEach
  void open(@TempDir Path folder) throws IOException {
    embedded = new Embedded(folder);
  }

  @AfterEach
  void close() {
    embedded.close();
  }

  @Override
  protected RateLimits limits() {
    return embedded.metadata().rateLimits();
  }
}

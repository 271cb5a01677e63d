package dev.sluice.metadata.shared;

import static dev.sluice.metadata.Samples.digest;
import static dev.sluice.metadata.Samples.repository;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.metadata.Answers;
import dev.sluice.metadata.Catalog;
import dev.sluice.metadata.CatalogContract;
import io.vertx.core.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LonelyCatalogTest extends CatalogContract {

  @RegisterExtension private final FreshlyShared shared = FreshlyShared.withBrokenAuthority();

  @Override
  protected Catalog catalog() {
    return shared.metadata().catalog();
  }

  /** Expelling is for copies, and this is none. */
  @Override
  @Test
  protected void anExpelledMemberIsUnknownInItsRepositoryAlone() {
    Future<Void> refused = catalog().expel(repository("alpine"), digest("layer"));
    assertThatThrownBy(() -> Answers.of(refused)).hasMessageContaining("nothing was changed");
  }
}

package dev.sluice.metadata.shared;

import static dev.sluice.metadata.Samples.repository;
import static dev.sluice.metadata.Samples.tag;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.metadata.Answers;
import dev.sluice.metadata.TagIndex;
import dev.sluice.metadata.TagIndexContract;
import io.vertx.core.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LonelyTagIndexTest extends TagIndexContract {

  @RegisterExtension private final FreshlyShared shared = FreshlyShared.withBrokenAuthority();

  @Override
  protected TagIndex tags() {
    return shared.metadata().tags();
  }

  /** Forgetting is a person's word, which only the authority can keep. */
  @Override
  @Test
  protected void aForgottenTagIsUnknown() {
    Future<Void> refused = tags().forget(repository("alpine"), tag("latest"));
    assertThatThrownBy(() -> Answers.of(refused)).hasMessageContaining("nothing was changed");
  }
}

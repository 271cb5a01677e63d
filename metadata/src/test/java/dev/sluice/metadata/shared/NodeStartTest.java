package dev.sluice.metadata.shared;

import static dev.sluice.metadata.Samples.stored;
import static dev.sluice.metadata.Samples.tag;
import static dev.sluice.metadata.shared.Filled.ALPINE;
import static dev.sluice.metadata.shared.Filled.HUB;
import static dev.sluice.metadata.shared.Filled.assertEmpty;
import static dev.sluice.metadata.shared.Filled.assertFilled;
import static dev.sluice.metadata.shared.Filled.fill;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.metadata.Answers;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a node that starts makes of its copy. */
class NodeStartTest {

  @RegisterExtension private final FreshlyShared shared = new FreshlyShared();

  @Test
  void aNodeThatStartsPutsEverythingBackIntoAnEmptyAuthority() throws Exception {
    fill(shared.metadata());
    shared.empty("second");
    shared.restart();
    shared.beat();

    FreshlyShared.await(
        () -> Answers.of(shared.authority().held().rateLimits().find(HUB)).isPresent());
    assertFilled(shared.authority().held());
  }

  @Test
  void aNodeThatStartsBelievesAnotherAuthorityThatHoldsSomething() throws Exception {
    fill(shared.metadata());
    shared.empty("second");
    Answers.of(shared.authority().held().rules().create(stored("ghcr", "ghcr.io")));
    shared.restart();

    assertThat(Answers.of(shared.metadata().tags().find(ALPINE, tag("latest")))).isEmpty();
    FreshlyShared.await(() -> shared.everythingChanged() == 2);
    shared.beat();
    assertThat(Answers.of(shared.metadata().rules().all()))
        .containsExactly(stored("ghcr", "ghcr.io"));
    FreshlyShared.await(
        () -> Answers.of(shared.copy().rules().all()).equals(List.of(stored("ghcr", "ghcr.io"))));
    assertThat(Answers.of(shared.copy().repositories().all())).isEmpty();
    assertThat(Answers.of(shared.copy().templates().all())).isEmpty();
    assertThat(Answers.of(shared.authority().held().repositories().all())).isEmpty();
  }

  @Test
  void aNodeThatStartsWithTheSameAuthorityCatchesUp() throws Exception {
    fill(shared.metadata());
    Answers.of(shared.authority().held().repositories().remove(ALPINE));
    Answers.of(shared.authority().held().rules().remove("quay"));
    Answers.of(shared.authority().held().templates().remove("team"));
    shared.restart();
    shared.beat();
    FreshlyShared.await(
        () ->
            Answers.of(shared.copy().repositories().all()).isEmpty()
                && Answers.of(shared.copy().rules().all()).isEmpty()
                && Answers.of(shared.copy().templates().all()).isEmpty());
    shared.authority().breakDown();

    assertEmpty(shared.metadata());
    assertThat(shared.everythingChanged()).isEqualTo(1);
  }

  @Test
  void aNodeThatStartsWithoutTheAuthorityAnswersFromItsCopy() throws Exception {
    fill(shared.metadata());
    shared.authority().breakDown();
    shared.restart();

    assertFilled(shared.metadata());
  }
}

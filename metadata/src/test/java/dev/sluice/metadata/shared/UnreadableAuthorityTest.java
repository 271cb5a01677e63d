package dev.sluice.metadata.shared;

import static dev.sluice.metadata.Samples.digest;
import static dev.sluice.metadata.Samples.entry;
import static dev.sluice.metadata.Samples.stored;
import static dev.sluice.metadata.Samples.tag;
import static dev.sluice.metadata.shared.Filled.ALPINE;
import static dev.sluice.metadata.shared.Filled.fill;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.metadata.Answers;
import dev.sluice.metadata.Metadata;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the authority has and cannot be read was not removed: the copy goes on to answer it. */
class UnreadableAuthorityTest {

  @RegisterExtension private final FreshlyShared shared = new FreshlyShared();

  private Metadata node;

  @BeforeEach
  void start() throws Exception {
    node = shared.metadata();
    fill(node);
  }

  @Test
  void aTagThatCannotBeReadPointsWhereItDid() throws Exception {
    shared.authority().garble("find");

    assertThat(Answers.of(node.tags().find(ALPINE, tag("latest")))).contains(entry("image"));
    assertThat(Answers.of(node.tags().find(ALPINE, tag("latest")))).contains(entry("image"));
  }

  @Test
  void anImageThatCannotBeReadIsStillKnown() throws Exception {
    shared.authority().garble("image");

    assertThat(Answers.of(node.catalog().image(ALPINE, digest("image")))).isPresent();
    assertThat(Answers.of(node.catalog().image(ALPINE, digest("image")))).isPresent();
  }

  @Test
  void rulesThatCannotBeReadStayInForce() throws Exception {
    Answers.of(node.rules().create(stored("ghcr", "ghcr.io")));
    shared.authority().garble("all");

    assertThat(Answers.of(node.rules().all())).contains(stored("ghcr", "ghcr.io"));
    shared.metadata().heard().rules();
    shared.beat();
    assertThat(Answers.of(node.rules().all())).contains(stored("ghcr", "ghcr.io"));
    assertThat(Answers.of(shared.copy().rules().all())).contains(stored("ghcr", "ghcr.io"));
  }

  @Test
  void whatIsReadableAndGoneIsForgotten() throws Exception {
    Answers.of(shared.authority().held().tags().forget(ALPINE, tag("latest")));

    assertThat(Answers.of(node.tags().find(ALPINE, tag("latest")))).isEmpty();
    FreshlyShared.await(
        () -> Answers.of(shared.copy().tags().find(ALPINE, tag("latest"))).isEmpty());
  }
}

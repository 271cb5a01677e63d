package dev.sluice.metadata.shared;

import static dev.sluice.metadata.Samples.digest;
import static dev.sluice.metadata.Samples.entry;
import static dev.sluice.metadata.Samples.fullSettings;
import static dev.sluice.metadata.Samples.image;
import static dev.sluice.metadata.Samples.made;
import static dev.sluice.metadata.Samples.repository;
import static dev.sluice.metadata.Samples.sized;
import static dev.sluice.metadata.Samples.stored;
import static dev.sluice.metadata.Samples.tag;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.metadata.Answers;
import dev.sluice.metadata.Metadata;
import dev.sluice.metadata.RepositoryName;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What other nodes changed is true here too, when the authority is gone afterwards. */
class HeardTest {

  private static final RepositoryName ALPINE = repository("docker-hub/library/alpine");

  @RegisterExtension private final FreshlyShared shared = new FreshlyShared();

  private Metadata held;
  private Metadata copy;

  @BeforeEach
  void fill() throws Exception {
    Metadata node = shared.metadata();
    Answers.of(node.rules().create(stored("quay", "quay.io")));
    Answers.of(node.catalog().keep(made(ALPINE), image("image", sized("layer", 7))));
    Answers.of(node.catalog().keep(made(ALPINE), image("other")));
    Answers.of(node.tags().point(ALPINE, tag("latest"), entry("image")));
    held = shared.authority().held();
    copy = shared.copy();
  }

  @Test
  void anImageThatWasRemovedDoesNotComeBack() throws Exception {
    Answers.of(held.catalog().remove(ALPINE, Set.of(digest("image"))));
    shared.metadata().heard().images(ALPINE, Set.of(digest("image")));
    FreshlyShared.await(() -> Answers.of(copy.catalog().images(ALPINE)).size() == 1);
    shared.authority().breakDown();

    assertThat(Answers.of(shared.metadata().tags().find(ALPINE, tag("latest")))).isEmpty();
    assertThat(Answers.of(shared.metadata().catalog().image(ALPINE, digest("image")))).isEmpty();
    assertThat(Answers.of(shared.metadata().catalog().member(ALPINE, digest("layer")))).isEmpty();
    assertThat(Answers.of(shared.metadata().catalog().images(ALPINE)))
        .containsExactly(image("other"));
  }

  @Test
  void aTagThatMovedIsWhereItMoved() throws Exception {
    Answers.of(held.tags().point(ALPINE, tag("latest"), entry("other")));
    shared.metadata().heard().tag(ALPINE, tag("latest"));

    FreshlyShared.await(
        () -> Answers.of(copy.tags().find(ALPINE, tag("latest"))).get().equals(entry("other")));
  }

  @Test
  void aTagThatWasForgottenIsForgottenHere() throws Exception {
    Answers.of(held.tags().forget(ALPINE, tag("latest")));
    shared.metadata().heard().tag(ALPINE, tag("latest"));

    FreshlyShared.await(() -> Answers.of(copy.tags().find(ALPINE, tag("latest"))).isEmpty());
  }

  @Test
  void aTagThatCannotBeAskedForAnewIsForgottenHere() throws Exception {
    shared.authority().breakDown();
    shared.metadata().heard().tag(ALPINE, tag("latest"));

    FreshlyShared.await(() -> Answers.of(copy.tags().find(ALPINE, tag("latest"))).isEmpty());
  }

  @Test
  void aTagThatThisNodeDoesNotKnowIsNotAskedFor() {
    shared.authority().questions().clear();
    shared.metadata().heard().tag(ALPINE, tag("elsewhere"));

    assertThat(shared.authority().questions()).isEmpty();
  }

  @Test
  void aRepositoryThatWasRemovedTakesAllAlong() throws Exception {
    Answers.of(held.repositories().remove(ALPINE));
    shared.metadata().heard().repository(ALPINE);

    FreshlyShared.await(() -> Answers.of(copy.repositories().all()).isEmpty());
    assertThat(Answers.of(copy.catalog().images(ALPINE))).isEmpty();
    assertThat(Answers.of(copy.tags().all(ALPINE))).isEmpty();
  }

  @Test
  void aRepositoryThatWasSetAnewIsSetAnewHereAndLosesWhatItLost() throws Exception {
    Answers.of(held.repositories().amend(ALPINE, known -> known.with(fullSettings())));
    Answers.of(held.catalog().remove(ALPINE, Set.of(digest("image"))));
    shared.metadata().heard().repository(ALPINE);

    FreshlyShared.await(
        () ->
            Answers.of(copy.repositories().find(ALPINE)).get().settings().equals(fullSettings())
                && Answers.of(copy.catalog().images(ALPINE)).size() == 1
                && Answers.of(copy.tags().all(ALPINE)).isEmpty());
  }

  @Test
  void rulesAreAskedForAnew() throws Exception {
    Answers.of(held.rules().remove("quay"));
    Answers.of(held.rules().create(stored("ghcr", "ghcr.io")));
    shared.metadata().heard().rules();

    FreshlyShared.await(
        () -> Answers.of(copy.rules().all()).equals(List.of(stored("ghcr", "ghcr.io"))));
  }

  @Test
  void whereChangesWereMissedEverythingIsAskedForAnew() throws Exception {
    Answers.of(held.catalog().remove(ALPINE, Set.of(digest("image"))));
    Answers.of(held.rules().remove("quay"));
    shared.metadata().heard().everything();
    shared.beat();

    FreshlyShared.await(
        () ->
            Answers.of(copy.rules().all()).isEmpty()
                && Answers.of(copy.catalog().images(ALPINE)).equals(List.of(image("other")))
                && Answers.of(copy.tags().all(ALPINE)).isEmpty());
  }
}

package dev.sluice.metadata.shared;

import static dev.sluice.metadata.Samples.digest;
import static dev.sluice.metadata.Samples.entry;
import static dev.sluice.metadata.Samples.image;
import static dev.sluice.metadata.Samples.made;
import static dev.sluice.metadata.Samples.repository;
import static dev.sluice.metadata.Samples.stored;
import static dev.sluice.metadata.Samples.tag;
import static dev.sluice.metadata.Samples.template;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.metadata.Answers;
import dev.sluice.metadata.Metadata;
import dev.sluice.metadata.RepositoryName;
import io.vertx.core.Future;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What people change is changed for all nodes, or not at all. */
class PeoplesChangesTest {

  private static final RepositoryName ALPINE = repository("docker-hub/library/alpine");

  @RegisterExtension private final FreshlyShared shared = new FreshlyShared();

  static Stream<Function<Metadata, Future<?>>> changes() {
    return Stream.of(
        node -> node.rules().create(stored("ghcr", "ghcr.io")),
        node -> node.rules().amend("quay", _ -> stored("quay", "other.io")),
        node -> node.rules().remove("quay"),
        node -> node.templates().create(template("other")),
        node -> node.templates().amend("team", known -> known),
        node -> node.templates().remove("team"),
        node -> node.repositories().create(made(repository("other"))),
        node -> node.repositories().amend(ALPINE, known -> known),
        node -> node.repositories().remove(ALPINE),
        node -> node.catalog().remove(ALPINE, Set.of(digest("image"))),
        node -> node.tags().forget(ALPINE, tag("latest")));
  }

  @BeforeEach
  void fill() throws Exception {
    Metadata node = shared.metadata();
    Answers.of(node.rules().create(stored("quay", "quay.io")));
    Answers.of(node.templates().create(template("team")));
    Answers.of(node.catalog().keep(made(ALPINE), image("image")));
    Answers.of(node.tags().point(ALPINE, tag("latest"), entry("image")));
  }

  private void assertAsFilled(Metadata side) throws Exception {
    assertThat(Answers.of(side.rules().all())).containsExactly(stored("quay", "quay.io"));
    assertThat(Answers.of(side.templates().all())).containsExactly(template("team"));
    assertThat(Answers.of(side.repositories().all())).containsExactly(made(ALPINE));
    assertThat(Answers.of(side.catalog().images(ALPINE))).containsExactly(image("image"));
    assertThat(Answers.of(side.tags().all(ALPINE))).containsOnlyKeys(tag("latest"));
  }

  @ParameterizedTest
  @MethodSource("changes")
  void nothingChangesWhileTheAuthorityFails(Function<Metadata, Future<?>> change) throws Exception {
    shared.authority().breakDown();

    for (int i = 0; i < 6; i++) {
      Future<?> refused = change.apply(shared.metadata());
      assertThatThrownBy(() -> Answers.of(refused))
          .hasMessageEndingWith(
              "the metadata of the cluster cannot be reached: nothing was changed");
    }

    assertAsFilled(shared.copy());
    assertAsFilled(shared.metadata());
    assertThat(shared.health().waitingWrites()).isZero();
  }

  @ParameterizedTest
  @MethodSource("changes")
  void aSilentAuthorityMayHaveChangedIt(Function<Metadata, Future<?>> change) throws Exception {
    shared.authority().fallSilent();

    Future<?> uncertain = change.apply(shared.metadata());

    assertThatThrownBy(() -> Answers.of(uncertain))
        .hasMessageContaining("it is not known whether it was changed");
    assertAsFilled(shared.copy());
  }

  @Test
  void whatIsRemovedIsRemovedHereToo() throws Exception {
    Metadata node = shared.metadata();
    Answers.of(node.rules().remove("quay"));
    Answers.of(node.templates().remove("team"));
    Answers.of(node.tags().forget(ALPINE, tag("latest")));
    Answers.of(node.catalog().remove(ALPINE, (_, _) -> Set.of(digest("image"))));
    shared.authority().breakDown();

    assertThat(Answers.of(node.rules().all())).isEmpty();
    assertThat(Answers.of(node.templates().all())).isEmpty();
    assertThat(Answers.of(node.tags().find(ALPINE, tag("latest")))).isEmpty();
    assertThat(Answers.of(node.catalog().image(ALPINE, digest("image")))).isEmpty();
    assertThat(Answers.of(node.catalog().member(ALPINE, digest("image")))).isEmpty();
  }

  @Test
  void aPullThatWaitsDoesNotBringBackWhatAPersonRemoved() throws Exception {
    shared.authority().failAt("keep");
    Answers.of(shared.metadata().catalog().keep(made(ALPINE), image("image")));
    assertThat(shared.health().waitingWrites()).isEqualTo(1);

    Answers.of(shared.metadata().catalog().remove(ALPINE, Set.of(digest("image"))));
    shared.authority().recover();
    shared.beat();

    assertThat(Answers.of(shared.authority().held().catalog().images(ALPINE))).isEmpty();
    assertThat(Answers.of(shared.metadata().catalog().images(ALPINE))).isEmpty();
  }
}

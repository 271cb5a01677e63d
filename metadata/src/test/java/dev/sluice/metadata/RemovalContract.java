package dev.sluice.metadata;

import static dev.sluice.metadata.Samples.NOON;
import static dev.sluice.metadata.Samples.digest;
import static dev.sluice.metadata.Samples.entry;
import static dev.sluice.metadata.Samples.image;
import static dev.sluice.metadata.Samples.made;
import static dev.sluice.metadata.Samples.repository;
import static dev.sluice.metadata.Samples.sized;
import static dev.sluice.metadata.Samples.tag;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.storage.Digest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/** What every form of {@link Catalog} does when images are removed. */
public abstract class RemovalContract {

  private static final RepositoryName ALPINE = repository("docker-hub/library/alpine");
  private static final RepositoryName BELOW = repository("docker-hub/library/alpine/below");

  /** The store under test, empty at the start of each test. */
  protected abstract Catalog catalog();

  /** What the same store says of tags. */
  protected abstract TagIndex tags();

  /** What the same store says of repositories. */
  protected abstract Repositories repositories();

  private void keep(ImageRecord... images) throws Exception {
    for (ImageRecord image : images) {
      Answers.of(catalog().keep(made(ALPINE), image));
    }
  }

  @Test
  void removingTakesTheTagsThatPointToItAlong() throws Exception {
    keep(image("image"), image("other"));
    for (String name : List.of("latest", "1", "1.2")) {
      Answers.of(tags().point(ALPINE, tag(name), entry("image")));
    }
    Answers.of(tags().point(ALPINE, tag("other"), entry("other")));
    Answers.of(tags().point(BELOW, tag("latest"), entry("image")));

    assertThat(Answers.of(catalog().remove(ALPINE, Set.of(digest("image"), digest("none")))))
        .containsExactly(digest("image"));

    assertThat(Answers.of(tags().all(ALPINE))).isEqualTo(Map.of(tag("other"), entry("other")));
    assertThat(Answers.of(tags().all(BELOW))).containsOnlyKeys(tag("latest"));
    assertThat(Answers.of(catalog().images(ALPINE))).containsExactly(image("other"));
    assertThat(Answers.of(catalog().remove(ALPINE, Set.of(digest("image"))))).isEmpty();
    assertThat(Answers.of(repositories().all())).containsExactly(made(ALPINE));
  }

  @Test
  void removingTakesOnlyThoseMembersAlongThatNoOtherImageHas() throws Exception {
    keep(
        image("image", sized("own", 1), sized("shared", 2), sized("child", 3)),
        image("child", sized("shared", 2)));
    Answers.of(catalog().admit(ALPINE, Member.vouched(digest("own"))));
    Answers.of(catalog().admit(ALPINE, Member.vouched(digest("apart"))));
    Answers.of(catalog().keep(made(BELOW), image("image", sized("own", 1))));

    Answers.of(catalog().remove(ALPINE, Set.of(digest("image"))));

    assertMembers(ALPINE, "shared", "child", "apart");
    assertMembers(BELOW, "image", "own");
    Answers.of(catalog().remove(ALPINE, Set.of(digest("child"))));
    assertMembers(ALPINE, "apart");
  }

  @Test
  void whatSeveralImagesShareGoesWithThemAll() throws Exception {
    keep(
        image("image", sized("own", 1), sized("shared", 2)),
        image("child", sized("shared", 2), sized("apart", 3)),
        image("apart", sized("apart", 3)));

    Answers.of(catalog().remove(ALPINE, Set.of(digest("image"), digest("child"))));

    assertMembers(ALPINE, "apart");
    assertThat(Answers.of(catalog().images(ALPINE)))
        .containsExactly(image("apart", sized("apart", 3)));
  }

  @Test
  void whatGoesIsChosenByHowThingsAreThen() throws Exception {
    keep(image("image", sized("layer", 7)), image("other"));
    Answers.of(tags().point(ALPINE, tag("latest"), entry("image")));
    Answers.of(catalog().pulled(ALPINE, digest("image"), NOON.plusSeconds(5)));
    LifecycleImage image =
        new LifecycleImage(
            digest("image"),
            Set.of(tag("latest")),
            NOON,
            Optional.of(NOON.plusSeconds(5)),
            Set.of(digest("layer")));

    Set<Digest> removed =
        Answers.of(
            catalog()
                .remove(
                    ALPINE,
                    (repository, images) -> {
                      assertThat(repository).contains(made(ALPINE));
                      assertThat(images).hasSize(2).contains(image);
                      return Set.of(digest("other"));
                    }));

    assertThat(removed).containsExactly(digest("other"));
    assertThat(Answers.of(catalog().images(ALPINE))).hasSize(1);
    assertThat(Answers.of(catalog().remove(BELOW, (none, _) -> none.isPresent() ? null : Set.of())))
        .isEmpty();
  }

  @Test
  void othersReadOnWhileItIsChosen() throws Exception {
    keep(image("image"));
    FutureTask<Optional<ImageRecord>> reading =
        new FutureTask<>(() -> Answers.of(catalog().image(ALPINE, digest("image"))));

    Answers.of(
        catalog()
            .remove(
                ALPINE,
                (_, images) -> {
                  Thread.ofPlatform().start(reading);
                  assertThat(reading).succeedsWithin(Duration.ofSeconds(10));
                  return Set.of(digest("image"));
                }));

    assertThat(reading.get()).contains(image("image"));
    assertThat(Answers.of(catalog().images(ALPINE))).isEmpty();
  }

  private void assertMembers(RepositoryName name, String... contents) throws Exception {
    for (String content : List.of("image", "own", "shared", "child", "apart")) {
      Digest digest = digest(content);
      assertThat(Answers.of(catalog().member(name, digest)).isPresent())
          .as(content)
          .isEqualTo(List.of(contents).contains(content));
    }
  }
}

package dev.sluice.metadata;

import static dev.sluice.metadata.Samples.digest;
import static dev.sluice.metadata.Samples.entry;
import static dev.sluice.metadata.Samples.fullRepository;
import static dev.sluice.metadata.Samples.fullSettings;
import static dev.sluice.metadata.Samples.image;
import static dev.sluice.metadata.Samples.made;
import static dev.sluice.metadata.Samples.repository;
import static dev.sluice.metadata.Samples.sized;
import static dev.sluice.metadata.Samples.tag;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every form of {@link Repositories} does. */
public abstract class RepositoriesContract {

  private static final List<String> ALIKE =
      List.of("a", "a-b", "a.b", "a/b", "a/b/c", "a/bc", "a0", "a_b", "ab", "b");

  /** The store under test, empty at the start of each test. */
  protected abstract Repositories repositories();

  /** What the same store says of images and members. */
  protected abstract Catalog catalog();

  /** What the same store says of tags. */
  protected abstract TagIndex tags();

  @Test
  void thereAreNoneAtFirst() throws Exception {
    assertThat(Answers.of(repositories().all())).isEmpty();
    assertThat(Answers.of(repositories().find(repository("a")))).isEmpty();
    assertThat(Answers.of(repositories().remove(repository("a")))).isEmpty();
    assertThat(Answers.of(repositories().amend(repository("a"), known -> known))).isEmpty();
  }

  @Test
  void everyFieldIsKept() throws Exception {
    assertThat(Answers.of(repositories().exists(repository("a/b")))).isFalse();
    assertThat(Answers.of(repositories().create(fullRepository("a/b")))).isTrue();
    assertThat(Answers.of(repositories().exists(repository("a/b")))).isTrue();
    Answers.of(repositories().create(made(repository("a/c"))));

    assertThat(Answers.of(repositories().find(repository("a/b")))).contains(fullRepository("a/b"));
    assertThat(Answers.of(repositories().find(repository("a/c"))))
        .contains(made(repository("a/c")));
  }

  @Test
  void ofTwoOfOneNameTheFirstStays() throws Exception {
    Answers.of(repositories().create(fullRepository("a")));

    assertThat(Answers.of(repositories().create(made(repository("a"))))).isFalse();
    assertThat(Answers.of(repositories().find(repository("a")))).contains(fullRepository("a"));
  }

  @Test
  void theyAreListedInAsciiOrder() throws Exception {
    for (String name : ALIKE.reversed()) {
      Answers.of(repositories().create(made(repository(name))));
    }

    assertThat(Answers.of(repositories().all()))
        .extracting(each -> each.name().value())
        .containsExactlyElementsOf(ALIKE);
  }

  @Test
  void aChangeIsMadeAndAnswered() throws Exception {
    Answers.of(repositories().create(made(repository("a"))));
    Repository changed =
        made(repository("a")).with(fullSettings()).withLifecyclePolicy(Optional.of("text"));

    assertThat(
            Answers.of(
                repositories()
                    .amend(
                        repository("a"),
                        known ->
                            known.with(fullSettings()).withLifecyclePolicy(Optional.of("text")))))
        .contains(changed);
    assertThat(Answers.of(repositories().find(repository("a")))).contains(changed);
  }

  @Test
  void whatIsTakenBackIsGone() throws Exception {
    Answers.of(repositories().create(fullRepository("a")));
    Answers.of(
        repositories()
            .amend(
                repository("a"),
                known ->
                    known.withLifecyclePolicy(Optional.empty()).with(RepositorySettings.USUAL)));

    assertThat(Answers.of(repositories().find(repository("a")))).contains(made(repository("a")));
  }

  @Test
  void changesOfOneRepositoryAreMadeOneAfterTheOther() throws Exception {
    Answers.of(repositories().create(made(repository("a"))));
    List<FutureTask<Void>> writers =
        IntStream.range(0, 4).mapToObj(i -> new FutureTask<>(this::count, (Void) null)).toList();
    writers.forEach(Thread.ofPlatform()::start);
    for (FutureTask<Void> writer : writers) {
      writer.get(30, TimeUnit.SECONDS);
    }

    assertThat(Answers.of(repositories().find(repository("a"))).orElseThrow().lifecyclePolicy())
        .contains("x".repeat(4 * 25));
  }

  private void count() {
    for (int i = 0; i < 25; i++) {
      assertThat(
              repositories()
                  .amend(
                      repository("a"),
                      known ->
                          known.withLifecyclePolicy(
                              Optional.of(known.lifecyclePolicy().orElse("") + "x"))))
          .satisfies(done -> assertThat(Answers.of(done)).isPresent());
    }
  }

  @Test
  void removingTakesImagesTagsAndMembersAlong() throws Exception {
    RepositoryName name = repository("a");
    fill("a");
    Answers.of(catalog().admit(name, Member.vouched(digest("vouched"))));

    assertThat(Answers.of(repositories().remove(name))).contains(made(name));

    assertThat(Answers.of(repositories().find(name))).isEmpty();
    assertThat(Answers.of(catalog().images(name))).isEmpty();
    assertThat(Answers.of(catalog().image(name, digest("image")))).isEmpty();
    for (String content : List.of("image", "layer", "vouched")) {
      assertThat(Answers.of(catalog().member(name, digest(content)))).as(content).isEmpty();
    }
    assertThat(Answers.of(tags().all(name))).isEmpty();
    assertThat(Answers.of(tags().find(name, tag("latest")))).isEmpty();
  }

  @Test
  void removingLeavesThoseAloneWhoseNamesBeginAlike() throws Exception {
    for (String name : ALIKE) {
      fill(name);
    }
    Answers.of(repositories().remove(repository("a")));

    assertThat(Answers.of(repositories().all()))
        .extracting(each -> each.name().value())
        .containsExactlyElementsOf(ALIKE.subList(1, ALIKE.size()));
    for (String name : ALIKE.subList(1, ALIKE.size())) {
      RepositoryName other = repository(name);
      assertThat(Answers.of(catalog().images(other))).as(name).hasSize(1);
      assertThat(Answers.of(catalog().member(other, digest("layer")))).as(name).isPresent();
      assertThat(Answers.of(tags().all(other))).as(name).containsOnlyKeys(tag("latest"));
    }
  }

  private void fill(String name) throws Exception {
    Answers.of(catalog().keep(made(repository(name)), image("image", sized("layer", 7))));
    Answers.of(tags().point(repository(name), tag("latest"), entry("image")));
  }
}

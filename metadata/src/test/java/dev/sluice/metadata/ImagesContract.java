package dev.sluice.metadata;

import static dev.sluice.metadata.Samples.NOON;
import static dev.sluice.metadata.Samples.digest;
import static dev.sluice.metadata.Samples.entry;
import static dev.sluice.metadata.Samples.fullImage;
import static dev.sluice.metadata.Samples.fullRepository;
import static dev.sluice.metadata.Samples.image;
import static dev.sluice.metadata.Samples.made;
import static dev.sluice.metadata.Samples.repository;
import static dev.sluice.metadata.Samples.sized;
import static dev.sluice.metadata.Samples.tag;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every form of {@link Catalog} does with the images of a repository as a whole. */
public abstract class ImagesContract {

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
  void allAreListedInTheOrderOfTheirDigests() throws Exception {
    List<ImageRecord> all =
        IntStream.range(0, 20)
            .mapToObj(i -> image("image" + i, sized("layer" + i, i)))
            .sorted(Comparator.comparing(each -> each.digest().toString()))
            .toList();
    keep(all.reversed().toArray(ImageRecord[]::new));
    Answers.of(catalog().keep(made(BELOW), image("below")));

    assertThat(Answers.of(catalog().images(ALPINE))).containsExactlyElementsOf(all);
    assertThat(Answers.of(catalog().images(BELOW))).containsExactly(image("below"));
    assertThat(Answers.of(catalog().images(repository("docker-hub")))).isEmpty();
  }

  @Test
  void whatAnImageSaysOfItselfIsKept() throws Exception {
    keep(fullImage("image"));

    assertThat(Answers.of(catalog().image(ALPINE, digest("image")))).contains(fullImage("image"));
    assertThat(Answers.of(catalog().member(ALPINE, digest("config"))))
        .contains(fullImage("image").members().getFirst());
  }

  @Test
  void theFirstImageMakesTheRepositoryAndNoneChangesIt() throws Exception {
    Answers.of(catalog().keep(fullRepository(ALPINE.value()), image("image")));
    Answers.of(catalog().keep(made(ALPINE), image("other")));

    assertThat(Answers.of(repositories().all())).containsExactly(fullRepository(ALPINE.value()));
  }

  @Test
  void neitherAMemberNorATagMakesARepository() throws Exception {
    Answers.of(catalog().admit(ALPINE, sized("layer", 7)));
    Answers.of(tags().point(ALPINE, tag("latest"), entry("image")));
    Answers.of(catalog().pulled(ALPINE, digest("image"), NOON));

    assertThat(Answers.of(repositories().all())).isEmpty();
    assertThat(Answers.of(catalog().images(ALPINE))).isEmpty();
  }

  @Test
  void aPullIsNotedAndOutlivesThatTheImageIsKeptAgain() throws Exception {
    keep(image("image", sized("layer", 7)));
    Answers.of(catalog().pulled(ALPINE, digest("image"), NOON.plusSeconds(5)));
    keep(image("image", sized("layer", 7)));

    assertThat(Answers.of(catalog().image(ALPINE, digest("image"))))
        .contains(image("image", sized("layer", 7)).pulled(NOON.plusSeconds(5)));
    assertThat(Answers.of(catalog().image(BELOW, digest("image")))).isEmpty();
  }
}

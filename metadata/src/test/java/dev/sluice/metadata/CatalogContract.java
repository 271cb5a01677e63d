package dev.sluice.metadata;

import static dev.sluice.metadata.Samples.MANIFEST_TYPE;
import static dev.sluice.metadata.Samples.NOON;
import static dev.sluice.metadata.Samples.digest;
import static dev.sluice.metadata.Samples.image;
import static dev.sluice.metadata.Samples.made;
import static dev.sluice.metadata.Samples.repository;
import static dev.sluice.metadata.Samples.sized;
import static dev.sluice.metadata.Samples.unsized;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.storage.Digest;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every form of {@link Catalog} does. */
public abstract class CatalogContract {

  private static final RepositoryName ALPINE = repository("docker-hub/library/alpine");
  private static final RepositoryName BUSYBOX = repository("docker-hub/library/busybox");

  /** The store under test, empty at the start of each test. */
  protected abstract Catalog catalog();

  @Test
  void whatWasNeverKeptIsEmpty() throws Exception {
    assertThat(Answers.of(catalog().image(ALPINE, digest("image")))).isEmpty();
    assertThat(Answers.of(catalog().member(ALPINE, digest("image")))).isEmpty();
  }

  @Test
  void everyFieldOfAnImageIsKept() throws Exception {
    ImageRecord image = image("image", sized("config", 0), sized("layer", 1L << 40));
    Answers.of(catalog().keep(made(ALPINE), image));

    assertThat(Answers.of(catalog().image(ALPINE, digest("image")))).contains(image);
  }

  @Test
  void aSha512ImageWithoutMembersIsKept() throws Exception {
    Digest long512 = new Digest(Digest.Algorithm.SHA512, "ab".repeat(64));
    ImageRecord image = new ImageRecord(long512, MANIFEST_TYPE, 2, NOON, List.of());
    Answers.of(catalog().keep(made(ALPINE), image));

    assertThat(Answers.of(catalog().image(ALPINE, long512))).contains(image);
  }

  @Test
  void aKeptImageAndAllThatItListsAreMembers() throws Exception {
    Answers.of(catalog().keep(made(ALPINE), image("image", sized("config", 7), unsized("layer"))));

    assertThat(Answers.of(catalog().member(ALPINE, digest("image"))))
        .contains(new Member(digest("image"), OptionalLong.of(1_234), true));
    assertThat(Answers.of(catalog().member(ALPINE, digest("config")))).contains(sized("config", 7));
    assertThat(Answers.of(catalog().member(ALPINE, digest("layer")))).contains(unsized("layer"));
  }

  @Test
  void vouchingIsNeitherGainedNorLostByAListing() throws Exception {
    Answers.of(catalog().admit(ALPINE, Member.vouched(digest("layer"))));
    Answers.of(catalog().keep(made(ALPINE), image("image", sized("layer", 7), sized("other", 8))));

    assertThat(Answers.of(catalog().member(ALPINE, digest("layer"))))
        .contains(new Member(digest("layer"), OptionalLong.of(7), true));
    assertThat(Answers.of(catalog().member(ALPINE, digest("other")))).contains(sized("other", 8));
  }

  @Test
  void membersOfOneRepositoryAreNotMembersOfAnother() throws Exception {
    Answers.of(catalog().keep(made(ALPINE), image("image", sized("layer", 7))));
    Answers.of(catalog().admit(ALPINE, unsized("vouched")));

    for (String content : List.of("image", "layer", "vouched")) {
      for (String other : List.of("docker-hub/library", "docker-hub/library/alpine/x", "alpine")) {
        assertThat(Answers.of(catalog().member(repository(other), digest(content)))).isEmpty();
      }
      assertThat(Answers.of(catalog().member(BUSYBOX, digest(content)))).isEmpty();
    }
    assertThat(Answers.of(catalog().image(BUSYBOX, digest("image")))).isEmpty();
  }

  @Test
  void theFirstTimeOfStoringIsKept() throws Exception {
    Answers.of(catalog().keep(made(ALPINE), image("image", sized("layer", 7))));
    Answers.of(
        catalog()
            .keep(
                made(ALPINE),
                new ImageRecord(
                    digest("image"), MANIFEST_TYPE, 1_234, NOON.plusSeconds(9), List.of())));

    assertThat(Answers.of(catalog().image(ALPINE, digest("image")))).contains(image("image"));
  }

  @Test
  void eachRepositoryHasItsOwnTimeOfStoring() throws Exception {
    Answers.of(catalog().keep(made(ALPINE), image("image")));
    ImageRecord later =
        new ImageRecord(digest("image"), MANIFEST_TYPE, 1_234, NOON.plusSeconds(9), List.of());
    Answers.of(catalog().keep(made(BUSYBOX), later));

    assertThat(Answers.of(catalog().image(BUSYBOX, digest("image")))).contains(later);
  }

  @Test
  void aKnownSizeIsNotForgotten() throws Exception {
    Answers.of(catalog().admit(ALPINE, sized("layer", 7)));
    Answers.of(catalog().admit(ALPINE, unsized("layer")));
    Answers.of(catalog().keep(made(ALPINE), image("image", unsized("layer"))));

    assertThat(Answers.of(catalog().member(ALPINE, digest("layer")))).contains(sized("layer", 7));
  }

  @Test
  void aSizeThatIsLearntLaterIsKept() throws Exception {
    Answers.of(catalog().admit(ALPINE, unsized("layer")));
    Answers.of(catalog().admit(ALPINE, new Member(digest("layer"), OptionalLong.of(7))));

    assertThat(Answers.of(catalog().member(ALPINE, digest("layer")))).contains(sized("layer", 7));
  }

  @Test
  void anAdmittedMemberIsNoImageAndMakesNoRepository() throws Exception {
    Answers.of(catalog().admit(ALPINE, sized("layer", 7)));

    assertThat(Answers.of(catalog().image(ALPINE, digest("layer")))).isEmpty();
  }

  @Test
  protected void anExpelledMemberIsUnknownInItsRepositoryAlone() throws Exception {
    Answers.of(catalog().keep(made(ALPINE), image("image", sized("layer", 7))));
    Answers.of(catalog().admit(BUSYBOX, Member.vouched(digest("layer"))));

    Answers.of(catalog().expel(ALPINE, digest("layer")));
    Answers.of(catalog().expel(ALPINE, digest("never there")));

    assertThat(Answers.of(catalog().member(ALPINE, digest("layer")))).isEmpty();
    assertThat(Answers.of(catalog().member(BUSYBOX, digest("layer")))).isPresent();
    assertThat(Answers.of(catalog().images(ALPINE))).hasSize(1);
  }

  @Test
  void anImageAndItsMembersAppearAtOnce() throws Exception {
    int images = 200;
    FutureTask<Void> writing =
        new FutureTask<>(
            () -> {
              for (int i = 0; i < images; i++) {
                Answers.of(catalog().keep(made(ALPINE), large(i)));
              }
              return null;
            });
    Thread.ofPlatform().start(writing);
    for (int i = 0; i < images; i++) {
      awaitMember(digest(i + "-0"), writing);
      assertThat(Answers.of(catalog().image(ALPINE, digest("image" + i)))).isPresent();
      assertThat(Answers.of(catalog().member(ALPINE, digest(i + "-49")))).isPresent();
      assertThat(Answers.of(catalog().member(ALPINE, digest("image" + i)))).isPresent();
    }
    writing.get(10, TimeUnit.SECONDS);
  }

  private void awaitMember(Digest digest, FutureTask<Void> writing) throws Exception {
    boolean written = false;
    while (Answers.of(catalog().member(ALPINE, digest)).isEmpty()) {
      assertThat(written).as("all is written, but %s is missing", digest).isFalse();
      written = writing.isDone();
      Thread.onSpinWait();
    }
  }

  private static ImageRecord large(int i) {
    Member[] members =
        IntStream.range(0, 50).mapToObj(n -> sized(i + "-" + n, n)).toArray(Member[]::new);
    return image("image" + i, members);
  }
}

package dev.sluice.metadata.shared;

import static dev.sluice.metadata.Samples.NOON;
import static dev.sluice.metadata.Samples.digest;
import static dev.sluice.metadata.Samples.entry;
import static dev.sluice.metadata.Samples.image;
import static dev.sluice.metadata.Samples.made;
import static dev.sluice.metadata.Samples.repository;
import static dev.sluice.metadata.Samples.sized;
import static dev.sluice.metadata.Samples.stored;
import static dev.sluice.metadata.Samples.tag;
import static dev.sluice.metadata.shared.Filled.ALPINE;
import static dev.sluice.metadata.shared.Filled.HUB;
import static dev.sluice.metadata.shared.Filled.assertFilled;
import static dev.sluice.metadata.shared.Filled.fill;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.metadata.Answers;
import dev.sluice.metadata.Member;
import dev.sluice.metadata.Metadata;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.metadata.TagEntry;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An authority that lost everything gets it back from the nodes. */
class EmptiedAuthorityTest {

  @RegisterExtension private final FreshlyShared shared = new FreshlyShared();

  @Test
  void whatTheNodeKnowsIsAnsweredMeanwhile() throws Exception {
    fill(shared.metadata());
    shared.empty("second");
    shared.authority().failAt("create", "keep");

    assertFilled(shared.metadata());
    assertFilled(shared.copy());
  }

  @Test
  void everythingIsPutBackAndTheNodeIsTold() throws Exception {
    fill(shared.metadata());
    int before = shared.everythingChanged();
    shared.empty("second");
    shared.beat();
    FreshlyShared.await(() -> shared.everythingChanged() > before);

    assertFilled(shared.authority().held());
    assertFilled(shared.copy());
    shared.beat();
    assertThat(shared.everythingChanged()).isEqualTo(before + 1);
    assertFilled(shared.authority().held());
  }

  /** The other knew the image, but not that upstream has its layer in this repository. */
  @Test
  void whatUpstreamWasSeenToHaveIsPutBackToAnImageThatAnotherNodeHasPutBack() throws Exception {
    Member seen = Member.vouched(digest("layer"));
    Answers.of(shared.metadata().catalog().keep(made(ALPINE), image("image", sized("layer", 7))));
    Answers.of(shared.metadata().catalog().admit(ALPINE, seen));
    shared.empty("second");
    Metadata held = shared.authority().held();
    Answers.of(held.catalog().keep(made(ALPINE), image("image", sized("layer", 7))));
    shared.beat();

    FreshlyShared.await(
        () -> Answers.of(held.catalog().member(ALPINE, digest("layer"))).get().vouched());
  }

  @Test
  void aPullThatFindsNothingBeginsIt() throws Exception {
    fill(shared.metadata());
    shared.empty("second");

    assertThat(Answers.of(shared.metadata().tags().find(ALPINE, tag("latest"))))
        .contains(entry("image"));
    FreshlyShared.await(
        () -> Answers.of(shared.authority().held().tags().find(ALPINE, tag("latest"))).isPresent());
  }

  @Test
  void whatWasPutThereSinceStays() throws Exception {
    fill(shared.metadata());
    shared.empty("second");
    Metadata held = shared.authority().held();
    TagEntry newer = new TagEntry(digest("newer"), "type", NOON.plusSeconds(5));
    Answers.of(held.rules().create(stored("quay", "other.io")));
    Answers.of(held.tags().point(ALPINE, tag("latest"), newer));
    Answers.of(held.repositories().create(made(ALPINE)));
    shared.beat();
    FreshlyShared.await(() -> !Answers.of(held.catalog().images(ALPINE)).isEmpty());

    assertThat(Answers.of(held.rules().all())).containsExactly(stored("quay", "other.io"));
    assertThat(Answers.of(held.repositories().find(ALPINE))).contains(made(ALPINE));
    FreshlyShared.await(() -> Answers.of(held.rateLimits().find(HUB)).isPresent());
    assertThat(Answers.of(held.tags().find(ALPINE, tag("latest")))).contains(newer);
  }

  @Test
  void thousandsOfEntriesArePutBack() throws Exception {
    List<RepositoryName> names =
        IntStream.range(0, 50).mapToObj(i -> repository("team/r" + i)).toList();
    for (RepositoryName name : names) {
      for (int i = 0; i < 20; i++) {
        Answers.of(shared.metadata().catalog().keep(made(name), image("image" + i, sized("x", 1))));
        Answers.of(shared.metadata().tags().point(name, tag("t" + i), entry("image" + i)));
      }
    }
    int before = shared.everythingChanged();
    shared.empty("second");
    shared.beat();
    FreshlyShared.await(() -> shared.everythingChanged() > before);

    assertThat(shared.health().restoredEntries()).isEqualTo(50 + 2 * 50 * 20);
    for (RepositoryName name : names) {
      assertThat(Answers.of(shared.authority().held().catalog().images(name))).hasSize(20);
      assertThat(Answers.of(shared.authority().held().tags().tags(name))).hasSize(20);
    }
  }

  @Test
  void whatCouldNotBePutBackIsPutBackTheNextTime() throws Exception {
    fill(shared.metadata());
    int before = shared.everythingChanged();
    shared.empty("second");
    shared.authority().failAt("keep");
    shared.beat();
    FreshlyShared.await(() -> shared.health().restoredEntries() >= 3);
    shared.authority().recover();
    FreshlyShared.await(
        () -> {
          shared.beat();
          return shared.everythingChanged() > before;
        });

    assertFilled(shared.authority().held());
  }

  @Test
  void manyWhoFindNothingAskOnceWhetherItIsTheSame() throws Exception {
    fill(shared.metadata());
    Answers.of(shared.authority().held().repositories().remove(ALPINE));
    shared.authority().holdIdentity();
    int before = shared.authority().identityQuestions();

    List<Future<Optional<TagEntry>>> asking =
        IntStream.range(0, 20)
            .mapToObj(_ -> shared.metadata().tags().find(ALPINE, tag("latest")))
            .toList();
    assertThat(shared.authority().identityQuestions()).isEqualTo(before + 1);
    shared.authority().releaseIdentity();

    for (Future<Optional<TagEntry>> each : asking) {
      assertThat(Answers.of(each)).isEmpty();
    }
  }

  @Test
  void whatWasRemovedFromTheSameAuthorityIsBelievedAndDropped() throws Exception {
    fill(shared.metadata());
    Answers.of(shared.authority().held().repositories().remove(ALPINE));

    assertThat(Answers.of(shared.metadata().tags().find(ALPINE, tag("latest")))).isEmpty();
    assertThat(Answers.of(shared.metadata().catalog().image(ALPINE, digest("image")))).isEmpty();
    assertThat(Answers.of(shared.metadata().catalog().member(ALPINE, digest("layer")))).isEmpty();
    FreshlyShared.await(
        () ->
            Answers.of(shared.copy().tags().all(ALPINE)).isEmpty()
                && Answers.of(shared.copy().catalog().images(ALPINE)).isEmpty()
                && Answers.of(shared.copy().catalog().member(ALPINE, digest("layer"))).isEmpty());
    assertThat(shared.everythingChanged()).isEqualTo(1);
  }
}

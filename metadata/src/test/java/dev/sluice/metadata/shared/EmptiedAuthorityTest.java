package dev.sluice.metadata.shared;

import static dev.sluice.metadata.Samples.NOON;
import static dev.sluice.metadata.Samples.digest;
import static dev.sluice.metadata.Samples.entry;
import static dev.sluice.metadata.Samples.fullRepository;
import static dev.sluice.metadata.Samples.image;
import static dev.sluice.metadata.Samples.made;
import static dev.sluice.metadata.Samples.repository;
import static dev.sluice.metadata.Samples.sized;
import static dev.sluice.metadata.Samples.stored;
import static dev.sluice.metadata.Samples.tag;
import static dev.sluice.metadata.Samples.template;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.metadata.Account;
import dev.sluice.metadata.Answers;
import dev.sluice.metadata.Member;
import dev.sluice.metadata.Metadata;
import dev.sluice.metadata.RateLimit;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.metadata.TagEntry;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An authority that lost everything gets it back from the nodes. */
class EmptiedAuthorityTest {

  private static final RepositoryName ALPINE = repository("docker-hub/library/alpine");
  private static final Account HUB = new Account("registry-1.docker.io", Optional.empty());
  private static final RateLimit LIMIT = new RateLimit(Optional.empty(), NOON, Instant.EPOCH, 3);

  @RegisterExtension private final FreshlyShared shared = new FreshlyShared();

  private void fill(Metadata side) throws Exception {
    Answers.of(side.rules().create(stored("quay", "quay.io")));
    Answers.of(side.templates().create(template("team")));
    Answers.of(side.repositories().create(fullRepository(ALPINE.value())));
    Answers.of(side.catalog().keep(made(ALPINE), image("image", sized("layer", 7))));
    Answers.of(side.catalog().admit(ALPINE, Member.vouched(digest("layer"))));
    Answers.of(side.catalog().pulled(ALPINE, digest("image"), NOON));
    Answers.of(side.tags().point(ALPINE, tag("latest"), entry("image")));
    Answers.of(side.rateLimits().amend(HUB, _ -> LIMIT));
  }

  private static void assertFilled(Metadata side) throws Exception {
    assertThat(Answers.of(side.rules().all())).containsExactly(stored("quay", "quay.io"));
    assertThat(Answers.of(side.templates().all())).containsExactly(template("team"));
    assertThat(Answers.of(side.repositories().all()))
        .containsExactly(fullRepository(ALPINE.value()));
    assertThat(Answers.of(side.catalog().images(ALPINE)))
        .containsExactly(image("image", sized("layer", 7)).pulled(NOON));
    assertThat(Answers.of(side.catalog().image(ALPINE, digest("image")))).isPresent();
    assertThat(Answers.of(side.catalog().member(ALPINE, digest("layer"))).map(Member::vouched))
        .contains(true);
    assertThat(Answers.of(side.tags().all(ALPINE))).containsOnlyKeys(tag("latest"));
    assertThat(Answers.of(side.tags().tags(ALPINE))).containsExactly(tag("latest"));
    assertThat(Answers.of(side.tags().find(ALPINE, tag("latest")))).contains(entry("image"));
    assertThat(Answers.of(side.rateLimits().all())).containsEntry(HUB, LIMIT);
  }

  private static void assertEmpty(Metadata side) throws Exception {
    assertThat(Answers.of(side.rules().all())).isEmpty();
    assertThat(Answers.of(side.templates().all())).isEmpty();
    assertThat(Answers.of(side.repositories().all())).isEmpty();
    assertThat(Answers.of(side.tags().all(ALPINE))).isEmpty();
  }

  @Test
  void whatTheNodeKnowsIsAnsweredMeanwhile() throws Exception {
    fill(shared.metadata());
    shared.empty("second");
    shared.authority().failAt("create");

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
        Answers.of(shared.copy().catalog().keep(made(name), image("image" + i, sized("x", 1))));
        Answers.of(shared.copy().tags().point(name, tag("t" + i), entry("image" + i)));
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
    shared.beat();
    FreshlyShared.await(() -> Answers.of(shared.copy().templates().all()).isEmpty());
    assertThat(Answers.of(shared.metadata().rules().all()))
        .containsExactly(stored("ghcr", "ghcr.io"));
    FreshlyShared.await(
        () -> Answers.of(shared.copy().rules().all()).equals(List.of(stored("ghcr", "ghcr.io"))));
    assertThat(Answers.of(shared.copy().repositories().all())).isEmpty();
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

package dev.sluice.metadata.shared;

import static dev.sluice.metadata.Samples.digest;
import static dev.sluice.metadata.Samples.entry;
import static dev.sluice.metadata.Samples.fullRepository;
import static dev.sluice.metadata.Samples.image;
import static dev.sluice.metadata.Samples.made;
import static dev.sluice.metadata.Samples.repository;
import static dev.sluice.metadata.Samples.sized;
import static dev.sluice.metadata.Samples.stored;
import static dev.sluice.metadata.Samples.tag;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.metadata.Answers;
import dev.sluice.metadata.Member;
import dev.sluice.metadata.Metadata;
import dev.sluice.metadata.RepositoryName;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What pulls find while the authority fails, or is silent. */
class GoneAuthorityTest {

  private static final RepositoryName ALPINE = repository("docker-hub/library/alpine");

  @RegisterExtension private final FreshlyShared shared = new FreshlyShared();

  private Metadata node() {
    return shared.metadata();
  }

  private Metadata held() {
    return shared.authority().held();
  }

  /** As another node would do it. */
  private void fillElsewhere() throws Exception {
    Answers.of(held().repositories().create(fullRepository(ALPINE.value())));
    Answers.of(held().catalog().keep(made(ALPINE), image("image", sized("layer", 7))));
    Answers.of(held().catalog().admit(ALPINE, Member.vouched(digest("layer"))));
    Answers.of(held().tags().point(ALPINE, tag("latest"), entry("image")));
    Answers.of(held().rules().create(stored("quay", "quay.io")));
  }

  private void askForAll() throws Exception {
    assertThat(Answers.of(node().tags().find(ALPINE, tag("latest")))).contains(entry("image"));
    assertThat(Answers.of(node().catalog().image(ALPINE, digest("image"))))
        .contains(image("image", sized("layer", 7)));
    assertThat(Answers.of(node().catalog().member(ALPINE, digest("layer"))))
        .get()
        .extracting(Member::vouched)
        .isEqualTo(true);
    assertThat(Answers.of(node().repositories().find(ALPINE)))
        .contains(fullRepository(ALPINE.value()));
    assertThat(Answers.of(node().repositories().exists(ALPINE))).isTrue();
    assertThat(Answers.of(node().rules().all())).containsExactly(stored("quay", "quay.io"));
    assertThat(Answers.of(node().catalog().images(ALPINE))).hasSize(1);
    assertThat(Answers.of(node().tags().tags(ALPINE))).containsExactly(tag("latest"));
  }

  /** Asks until all has been copied too. */
  private void awaitCopied() throws Exception {
    FreshlyShared.await(
        () -> {
          askForAll();
          return isCopied(shared.copy());
        });
  }

  private static boolean isCopied(Metadata copy) throws Exception {
    return Answers.of(copy.tags().find(ALPINE, tag("latest"))).isPresent()
        && Answers.of(copy.catalog().image(ALPINE, digest("image"))).isPresent()
        && Answers.of(copy.catalog().member(ALPINE, digest("layer")))
            .filter(Member::vouched)
            .isPresent()
        && !Answers.of(copy.rules().all()).isEmpty();
  }

  @Test
  void whatWasAnsweredOnceIsAnsweredWithoutTheAuthority() throws Exception {
    fillElsewhere();
    awaitCopied();
    shared.authority().breakDown();

    askForAll();
  }

  @Test
  void anImageIsCopiedIntoItsRepositoryAsThatIs() throws Exception {
    fillElsewhere();
    Answers.of(node().catalog().image(ALPINE, digest("image")));
    FreshlyShared.await(
        () -> Answers.of(shared.copy().catalog().image(ALPINE, digest("image"))).isPresent());

    assertThat(Answers.of(shared.copy().repositories().find(ALPINE)))
        .contains(fullRepository(ALPINE.value()));
  }

  @Test
  void aPullThatKeepsAnImageDoesNotMakeUpItsRepository() throws Exception {
    fillElsewhere();
    Answers.of(node().catalog().keep(made(ALPINE), image("other")));

    assertThat(Answers.of(shared.copy().repositories().find(ALPINE)))
        .contains(fullRepository(ALPINE.value()));
    assertThat(Answers.of(shared.copy().catalog().images(ALPINE))).containsExactly(image("other"));
  }

  @Test
  void aSilentAuthorityIsWaitedForOnce() throws Exception {
    fillElsewhere();
    awaitCopied();
    shared.authority().fallSilent();
    shared.authority().questions().clear();

    askForAll();

    assertThat(shared.authority().questions()).containsExactly("find");
  }

  @Test
  void aBrokenAuthorityIsAskedNoMoreAfterFiveFailures() throws Exception {
    fillElsewhere();
    awaitCopied();
    shared.authority().breakDown();
    shared.authority().questions().clear();

    askForAll();
    askForAll();

    assertThat(shared.authority().questions().size()).isBetween(1, 5);
    assertThat(shared.health().isSpared()).isTrue();
  }

  @Test
  void anAuthorityThatAnswersAProbeIsAskedAgain() throws Exception {
    fillElsewhere();
    awaitCopied();
    shared.authority().breakDown();
    askForAll();
    assertThat(shared.health().isSpared()).isTrue();
    shared.authority().recover();
    shared.authority().questions().clear();
    askForAll();
    assertThat(shared.authority().questions()).isEmpty();

    shared.beat();

    assertThat(shared.health().isSpared()).isFalse();
    Answers.of(held().tags().point(ALPINE, tag("latest"), entry("other")));
    assertThat(Answers.of(node().tags().find(ALPINE, tag("latest")))).contains(entry("other"));
  }

  @Test
  void answersComeOnTheContextThatAsks() throws Exception {
    fillElsewhere();
    Context context = shared.vertx().getOrCreateContext();
    for (Runnable mood :
        List.<Runnable>of(() -> {}, shared.authority()::fallSilent, shared.authority()::recover)) {
      mood.run();
      Promise<Boolean> isAtHome = Promise.promise();
      context.runOnContext(
          _ ->
              Future.join(
                      node().tags().find(ALPINE, tag("latest")),
                      node().catalog().images(ALPINE),
                      node().tags().point(ALPINE, tag("other"), entry("image")))
                  .onComplete(_ -> isAtHome.complete(Vertx.currentContext() == context)));
      assertThat(Answers.of(isAtHome.future())).isTrue();
    }
  }

  @Test
  void nothingIsAnsweredAfterTheEnd() {
    shared.metadata().close();
    shared.metadata().close();

    Future<?> question = node().tags().find(ALPINE, tag("latest"));
    Future<?> list = node().rules().all();
    Future<?> write = node().tags().point(ALPINE, tag("latest"), entry("image"));
    Future<?> change = node().rules().remove("quay");
    for (Future<?> each : List.of(question, list, write, change)) {
      assertThatThrownBy(() -> Answers.of(each)).hasStackTraceContaining("metadata is closed");
    }
  }
}

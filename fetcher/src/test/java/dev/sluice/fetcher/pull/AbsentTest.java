package dev.sluice.fetcher.pull;

import static dev.sluice.fetcher.fake.FakeRegistry.MANIFESTS;
import static dev.sluice.fetcher.fake.FakeRegistry.TAGS;
import static dev.sluice.fetcher.pull.Answers.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.sluice.fetcher.ManifestAnswer;
import dev.sluice.fetcher.Refused.Reason;
import dev.sluice.fetcher.TagsAnswer;
import dev.sluice.fetcher.fake.AnswerFaults;
import dev.sluice.fetcher.fake.FakeImage;
import dev.sluice.fetcher.fake.Fault;
import dev.sluice.metadata.Policies.OnDeleted;
import dev.sluice.storage.Digest;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What upstream does not have is asked of it once in a while, however many want it. */
class AbsentTest {

  private static final String NOTHING = Digest.sha256(new byte[] {1}).toString();

  @TempDir Path folder;
  @AutoClose private Bench bench;
  private FakeImage image;

  @BeforeEach
  void open() {
    bench = new Bench(folder);
    image = bench.registry.image("app", "latest").layer(100).push();
  }

  static Stream<String> absent() {
    return Stream.of("missing", NOTHING);
  }

  @ParameterizedTest
  @MethodSource("absent")
  void itCostsOneRequestInThirtySeconds(String reference) {
    List<Future<ManifestAnswer>> together = bench.ask(50, "up/app", reference);
    assertThat(together)
        .extracting(answer -> Answers.refused(await(answer)).reason())
        .containsOnly(Reason.MANIFEST_UNKNOWN);
    bench.clock.advance(Absences.KEPT.minusMillis(1));
    for (int i = 0; i < 50; i++) {
      assertThat(bench.refused("up/app", reference).message()).contains("has no manifest up/app");
    }
    assertThat(bench.registry.requests()).hasSize(1);

    bench.clock.advance(Absences.KEPT);
    bench.refused("up/app", reference);
    assertThat(bench.registry.requests()).hasSize(2);
  }

  @Test
  void aTagThatAppearsIsFoundAfterThirtySeconds() {
    bench.refused("up/app", "new");
    FakeImage pushed = bench.registry.image("app", "new").layer(7).push();
    assertThat(bench.refused("up/app", "new").reason()).isEqualTo(Reason.MANIFEST_UNKNOWN);

    bench.clock.advance(Absences.KEPT);

    assertThat(bench.found("up/app", "new").manifest().digest()).isEqualTo(pushed.digest());
  }

  static Stream<Arguments> otherAnswers() {
    return Stream.of(
        arguments(AnswerFaults.status(401), Reason.UNAVAILABLE),
        arguments(AnswerFaults.status(403), Reason.DENIED),
        arguments(AnswerFaults.tooManyRequests("0"), Reason.TOO_MANY_REQUESTS),
        arguments(AnswerFaults.status(500), Reason.UNAVAILABLE),
        arguments(AnswerFaults.status(503), Reason.UNAVAILABLE));
  }

  @ParameterizedTest
  @MethodSource("otherAnswers")
  void noOtherAnswerToATagIsTakenForAbsent(Fault fault, Reason reason) {
    bench.registry.onAny(MANIFESTS).always(fault);
    assertThat(bench.refused("up/app", "latest").reason()).isEqualTo(reason);
    behaveSoon();
    bench.found("up/app", "latest");
  }

  @ParameterizedTest
  @MethodSource("otherAnswers")
  void noOtherAnswerToADigestIsTakenForAbsent(Fault fault, Reason reason) {
    bench.registry.onAny(MANIFESTS).always(fault);
    assertThat(bench.refused("up/app", image.digest()).reason()).isEqualTo(reason);
    behaveSoon();
    bench.found("up/app", image.digest());
  }

  @ParameterizedTest
  @MethodSource("otherAnswers")
  void noOtherAnswerToAListIsTakenForAbsent(Fault fault, Reason reason) {
    bench.registry.onAny(TAGS).always(fault);
    assertThat(Answers.refused(bench.tags("up/app", "")).reason()).isEqualTo(reason);
    behaveSoon();
    assertThat(bench.tags("up/app", "")).isInstanceOf(TagsAnswer.Page.class);
  }

  /** So soon that an absence would still be remembered. */
  private void behaveSoon() {
    bench.registry.behave();
    bench.clock.advance(Absences.KEPT.dividedBy(2));
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 410})
  void aListOfTagsThatIsNotThereIsRememberedWhateverThePage(int status) {
    bench.registry.onGet(TAGS).always(AnswerFaults.status(status));
    for (String query : List.of("", "n=1", "n=1&last=a")) {
      assertThat(Answers.refused(bench.tags("up/app", query)).reason())
          .isEqualTo(Reason.NAME_UNKNOWN);
    }
    assertThat(bench.registry.requests()).hasSize(1);
    bench.registry.behave();
    bench.clock.advance(Absences.KEPT);
    assertThat(bench.tags("up/app", "")).isInstanceOf(TagsAnswer.Page.class);
  }

  @Test
  void aChangedRuleAsksAnew() {
    bench.refused("up/app", "new");
    bench.registry.image("app", "new").push();

    bench.use(bench.rule("up", Bench.POLICIES.with(OnDeleted.REFUSE)));

    bench.found("up/app", "new");
  }

  @Test
  void whatIsCachedIsNotHiddenByWhatWasAbsentBefore() {
    FakeImage late = bench.registry.image("app", "x").layer(7).push();
    bench.registry.onAny(MANIFESTS).always(AnswerFaults.status(404));
    bench.refused("up/app", late.digest());
    bench.refused("up/app", "x");
    bench.registry.behave();

    bench.check("up/app", "x");

    assertThat(bench.found("up/app", "x").manifest().digest()).isEqualTo(late.digest());
    assertThat(bench.found("up/app", late.digest()).manifest().digest()).isEqualTo(late.digest());
  }

  @Test
  void aCachedTagOrManifestIsNotHiddenByALater404() {
    bench.found("up/app", "latest");
    bench.registry.deleteTag("app", "latest");
    bench.clock.advance(Bench.POLICIES.checkIntervals().usual());
    assertThat(bench.found("up/app", "latest").staleReason()).isPresent();

    assertThat(bench.found("up/app", "latest").manifest().digest()).isEqualTo(image.digest());
    assertThat(bench.found("up/app", image.digest()).staleReason()).isEmpty();
  }

  @Test
  void anotherRepositoryIsAskedForItsOwn() {
    bench.refused("up/app", "new");
    bench.registry.image("other", "new").push();
    bench.found("up/other", "new");
  }

  @Test
  void aTagThatWasDeletedAndForgottenIsAbsentLikeAnyOther() {
    bench.use(bench.rule("up", Bench.POLICIES.with(OnDeleted.REFUSE)));
    bench.found("up/app", "latest");
    bench.registry.deleteTag("app", "latest");
    bench.clock.advance(Bench.POLICIES.checkIntervals().usual());
    bench.registry.forgetRequests();
    for (int i = 0; i < 20; i++) {
      assertThat(bench.refused("up/app", "latest").reason()).isEqualTo(Reason.MANIFEST_UNKNOWN);
    }
    assertThat(bench.registry.requests()).hasSize(1);
    assertThat(bench.changes.names()).containsExactly("up/app:latest");

    bench.registry.tag("app", "latest", image.digest());
    bench.clock.advance(Absences.KEPT);
    assertThat(bench.found("up/app", "latest").manifest().digest()).isEqualTo(image.digest());
  }
}

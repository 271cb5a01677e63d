package dev.sluice.fetcher.pull;

import static dev.sluice.fetcher.fake.FakeRegistry.MANIFESTS;
import static dev.sluice.fetcher.pull.Answers.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.CheckAnswer;
import dev.sluice.fetcher.ManifestAnswer;
import dev.sluice.fetcher.Provenance;
import dev.sluice.fetcher.Refused;
import dev.sluice.fetcher.Refused.Reason;
import dev.sluice.fetcher.fake.AnswerFaults;
import dev.sluice.fetcher.fake.FakeImage;
import dev.sluice.fetcher.fake.Gate;
import dev.sluice.metadata.Policies.OnDeleted;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tag is checked because somebody asked for the check. */
class CheckNowTest {

  private static final Duration INTERVAL = Bench.POLICIES.checkIntervals().usual();

  @TempDir Path folder;
  @AutoClose private Bench bench;
  private FakeImage image;

  @BeforeEach
  void pullOnce() {
    bench = new Bench(folder);
    image = bench.registry.image("app", "latest").push();
    bench.found("up/app", "latest");
    bench.registry.forgetRequests();
    bench.clock.advance(Duration.ofMinutes(1));
  }

  @Test
  void aFreshTagIsConfirmedAndItsIntervalBeginsAnew() {
    assertThat(bench.check("up/app", "latest"))
        .isEqualTo(new CheckAnswer.Confirmed(image.digest(), bench.clock.instant()));

    assertThat(bench.registry.count("HEAD", MANIFESTS)).isEqualTo(1);
    assertThat(bench.registry.requests()).hasSize(1);
    assertThat(bench.found("up/app", "latest").usableUntil())
        .isEqualTo(bench.clock.instant().plus(INTERVAL));
    assertThat(bench.changes.names()).isEmpty();
  }

  @Test
  void aFreshTagThatMovedIsFollowedAndSaidToHaveChanged() {
    FakeImage newer = bench.registry.image("app", "latest").layer(10).push();

    assertThat(bench.check("up/app", "latest"))
        .isEqualTo(
            new CheckAnswer.Moved(
                Optional.of(image.digest()), newer.digest(), bench.clock.instant()));

    assertThat(bench.changes.names()).containsExactly("up/app:latest");
    bench.registry.forgetRequests();
    var found = bench.found("up/app", "latest");
    assertThat(found.manifest().digest()).isEqualTo(newer.digest());
    assertThat(found.provenance()).isEqualTo(Provenance.HIT);
    assertThat(bench.registry.requests()).isEmpty();
  }

  @Test
  void aTagThatIsNotCachedIsFetched() {
    FakeImage other = bench.registry.image("app", "3").layer(3).push();

    assertThat(bench.check("up/app", "3"))
        .isEqualTo(new CheckAnswer.Moved(Optional.empty(), other.digest(), bench.clock.instant()));
    assertThat(bench.found("up/app", "3").provenance()).isEqualTo(Provenance.HIT);
    assertThat(bench.changes.names()).isEmpty();
  }

  @Test
  void aCheckUnderWayIsShared() {
    bench.clock.advance(INTERVAL);
    Gate gate = bench.registry.onHead(MANIFESTS).holdHeaders();
    Future<ManifestAnswer> pull = bench.ask("up/app", "latest");
    gate.awaitHeld(1);
    Future<CheckAnswer> check = bench.askCheck("up/app", "latest");
    bench.settle();
    gate.release();

    assertThat(Answers.found(await(pull)).manifest().digest()).isEqualTo(image.digest());
    assertThat(await(check))
        .isEqualTo(new CheckAnswer.Confirmed(image.digest(), bench.clock.instant()));
    assertThat(bench.registry.count("HEAD", MANIFESTS)).isEqualTo(1);
  }

  @Test
  void aCheckThatFailsSaysSoAndLeavesWhatIsFresh() {
    bench.registry.onAny(MANIFESTS).always(AnswerFaults.status(500));

    Refused refused = Answers.refused(bench.check("up/app", "latest"));

    assertThat(refused.reason()).isEqualTo(Reason.UNAVAILABLE);
    assertThat(refused.message()).contains("answered 500");
    assertThat(bench.found("up/app", "latest").provenance()).isEqualTo(Provenance.HIT);
  }

  @Test
  void aFailureAMomentAgoIsNoReasonNotToCheck() {
    bench.registry.onAny(MANIFESTS).always(AnswerFaults.status(500));
    bench.clock.advance(INTERVAL);
    bench.found("up/app", "latest");
    bench.registry.behave();
    assertThat(bench.found("up/app", "latest").staleReason()).isPresent();

    assertThat(bench.check("up/app", "latest")).isInstanceOf(CheckAnswer.Confirmed.class);

    assertThat(bench.found("up/app", "latest").staleReason()).isEmpty();
  }

  @Test
  void anAbsenceAMomentAgoIsNoReasonNotToCheck() {
    bench.refused("up/app", "new");
    bench.registry.image("app", "new").push();

    assertThat(bench.check("up/app", "new")).isInstanceOf(CheckAnswer.Moved.class);
  }

  @Test
  void whatCannotBeCheckedIsRefusedWithASentence() {
    Refused unknown = Answers.refused(bench.check("up/app", "missing"));
    assertThat(unknown.reason()).isEqualTo(Reason.MANIFEST_UNKNOWN);
    assertThat(unknown.message()).contains("has no manifest up/app:missing");

    Refused ruleless = Answers.refused(bench.check("elsewhere/app", "latest"));
    assertThat(ruleless.reason()).isEqualTo(Reason.NAME_UNKNOWN);
    assertThat(ruleless.message()).contains("no rule covers elsewhere/app");
  }

  @Test
  void aDeletedTagIsRefusedAndForgottenOnlyWhereTheRuleSaysSo() {
    bench.registry.deleteTag("app", "latest");
    assertThat(Answers.refused(bench.check("up/app", "latest")).reason())
        .isEqualTo(Reason.MANIFEST_UNKNOWN);
    bench.found("up/app", "latest");
    assertThat(bench.changes.names()).isEmpty();

    bench.use(bench.rule("up", Bench.POLICIES.with(OnDeleted.REFUSE)));
    Answers.refused(bench.check("up/app", "latest"));
    assertThat(bench.refused("up/app", "latest").reason()).isEqualTo(Reason.MANIFEST_UNKNOWN);
    assertThat(bench.changes.names()).containsExactly("up/app:latest");
  }
}

package dev.sluice.fetcher.pull;

import static dev.sluice.fetcher.fake.FakeRegistry.MANIFESTS;
import static dev.sluice.fetcher.pull.Answers.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.Provenance;
import dev.sluice.fetcher.fake.AnswerFaults;
import dev.sluice.fetcher.fake.FakeImage;
import dev.sluice.metadata.CheckIntervals;
import dev.sluice.metadata.FailedCheck;
import dev.sluice.metadata.Reference.Tag;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.metadata.TagEntry;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is noted of a check that failed, and what happens where it cannot be noted. */
class FailedCheckTest {

  private static final Duration INTERVAL = Bench.POLICIES.checkIntervals().usual();
  private static final RepositoryName APP = new RepositoryName("up/app");
  private static final Tag LATEST = new Tag("latest");

  @TempDir Path folder;
  @AutoClose private Bench bench;
  private FakeImage image;

  @BeforeEach
  void pullOnceAndLetItFallDue() {
    bench = new Bench(folder);
    image = bench.registry.image("app", "latest").push();
    bench.found("up/app", "latest");
    bench.clock.advance(INTERVAL);
    bench.registry.forgetRequests();
  }

  private TagEntry entry() {
    return await(bench.tags.find(APP, LATEST)).orElseThrow();
  }

  @Test
  void theEntrySaysWhyAndWhenTheNextCheckIs() {
    bench.registry.onAny(MANIFESTS).always(AnswerFaults.status(500));

    var found = bench.found("up/app", "latest");

    FailedCheck failed = entry().failed().orElseThrow();
    assertThat(failed.at()).isEqualTo(bench.clock.instant());
    assertThat(failed.nextCheck()).isEqualTo(bench.clock.instant().plusSeconds(10));
    assertThat(failed.reason()).contains("answered 500");
    assertThat(found.staleReason()).contains(failed.reason());
    assertThat(entry().checkedAt()).isEqualTo(SettableClock.NOON);
    bench.registry.behave();
    bench.clock.advance(Duration.ofSeconds(10));
    bench.found("up/app", "latest");
    assertThat(entry().failed()).isEmpty();
  }

  @Test
  void afterAStartTheNextCheckIsWaitedForStill() {
    bench.registry.onAny(MANIFESTS).always(AnswerFaults.status(500));
    var before = bench.found("up/app", "latest");
    bench.close();
    bench = new Bench(folder);
    bench.clock.advance(INTERVAL.plusSeconds(9));

    var after = bench.found("up/app", "latest");

    assertThat(after.staleReason()).isEqualTo(before.staleReason());
    assertThat(after.usableUntil()).isEqualTo(before.usableUntil());
    assertThat(bench.registry.requests()).isEmpty();
  }

  @Test
  void aShorterIntervalIsTheLongestPause() {
    bench.use(bench.rule("up", Bench.POLICIES.with(new CheckIntervals(Duration.ofSeconds(3)))));
    bench.registry.onAny(MANIFESTS).always(AnswerFaults.status(500));

    assertThat(bench.found("up/app", "latest").usableUntil())
        .isEqualTo(bench.clock.instant().plusSeconds(3));
  }

  @Test
  void aCheckThatCannotBeNotedFailsNobody() {
    bench.tags.seal();
    assertServedUnnoted();
    bench.registry.image("app", "latest").layer(10).push();
    assertServedUnnoted();
    bench.registry.onAny(MANIFESTS).always(AnswerFaults.status(500));
    assertServedStale("answered 500");

    bench.registry.behave();
    bench.tags.unseal();
    assertThat(bench.found("up/app", "latest").staleReason()).isEmpty();
  }

  @Test
  void aNewImageThatCannotBeNotedLeavesTheTagWhereItWas() {
    FakeImage newer = bench.registry.image("app", "latest").layer(10).push();
    bench.catalog.seal();
    assertServedUnnoted();
    assertThat(bench.found("up/app", newer.digest()).manifest().digest()).isEqualTo(newer.digest());

    bench.catalog.unseal();
    bench.clock.advance(Duration.ofSeconds(10));
    assertThat(bench.found("up/app", "latest").manifest().digest()).isEqualTo(newer.digest());
  }

  @Test
  void aCheckThatBreaksOffFailsNobody() {
    FakeImage newer = bench.registry.image("app", "latest").layer(10).push();
    bench.catalog.damage(newer.digest());

    var found = bench.found("up/app", "latest");

    assertThat(found.manifest().digest()).isEqualTo(image.digest());
    assertThat(found.provenance()).isEqualTo(Provenance.STALE);
    assertThat(found.usableUntil()).isEqualTo(bench.clock.instant());
    assertThat(found.staleReason().orElseThrow()).contains("failed on this node");
  }

  private void assertServedUnnoted() {
    assertServedStale("metadata cannot be written");
  }

  private void assertServedStale(String reason) {
    var found = bench.found("up/app", "latest");
    assertThat(found.manifest().digest()).isEqualTo(image.digest());
    assertThat(found.provenance()).isEqualTo(Provenance.STALE);
    assertThat(found.staleReason()).hasValueSatisfying(why -> assertThat(why).contains(reason));
    assertThat(found.usableUntil()).isEqualTo(bench.clock.instant().plusSeconds(10));
  }

  @Test
  void aFirstPullThatCannotBeNotedIsServedAndAskedForAgainSoon() {
    bench.registry.image("app", "new").layer(5).push();
    bench.tags.seal();

    var found = bench.found("up/app", "new");

    assertThat(found.provenance()).isEqualTo(Provenance.MISS);
    assertThat(found.usableUntil()).isEqualTo(bench.clock.instant().plusSeconds(10));
    bench.tags.unseal();
    bench.found("up/app", "new");
    assertThat(await(bench.tags.find(APP, new Tag("new")))).isPresent();
  }
}

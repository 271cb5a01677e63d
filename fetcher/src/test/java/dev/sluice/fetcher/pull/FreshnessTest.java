package dev.sluice.fetcher.pull;

import static dev.sluice.fetcher.fake.FakeRegistry.MANIFESTS;
import static dev.sluice.fetcher.pull.Answers.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.ManifestAnswer;
import dev.sluice.fetcher.Provenance;
import dev.sluice.fetcher.fake.AnswerFaults;
import dev.sluice.fetcher.fake.FakeImage;
import dev.sluice.fetcher.fake.Gate;
import dev.sluice.metadata.CheckIntervals;
import dev.sluice.metadata.NamePattern;
import dev.sluice.metadata.TagInterval;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When upstream is asked where a tag points, and what follows from its word. */
class FreshnessTest {

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
  }

  @Test
  void aFreshTagIsServedWithoutContact() {
    bench.clock.advance(INTERVAL.minusMillis(1));

    var found = bench.found("up/app", "latest");

    assertThat(found.manifest().digest()).isEqualTo(image.digest());
    assertThat(found.provenance()).isEqualTo(Provenance.HIT);
    assertThat(found.checkedAt()).contains(SettableClock.NOON);
    assertThat(found.usableUntil()).isEqualTo(SettableClock.NOON.plus(INTERVAL));
    assertThat(bench.registry.requests()).isEmpty();
  }

  @Test
  void aTagMayHaveAnIntervalOfItsOwn() {
    bench.registry.image("app", "1.2.3").push();
    TagInterval minutes = new TagInterval(new NamePattern("la*"), Duration.ofMinutes(10));
    TagInterval month = new TagInterval(new NamePattern("*.*.*"), Duration.ofDays(30));
    bench.use(
        bench.rule(
            "up", Bench.POLICIES.with(new CheckIntervals(INTERVAL, List.of(minutes, month)))));
    assertThat(bench.found("up/app", "1.2.3").usableUntil())
        .isEqualTo(SettableClock.NOON.plus(month.interval()));
    assertThat(bench.found("up/app", "latest").usableUntil())
        .isEqualTo(SettableClock.NOON.plus(minutes.interval()));
    bench.registry.forgetRequests();

    bench.clock.advance(minutes.interval().minusMillis(1));
    bench.found("up/app", "latest");
    assertThat(bench.registry.requests()).isEmpty();
    bench.clock.advance(Duration.ofMillis(1));
    bench.found("up/app", "latest");
    assertThat(bench.registry.requests()).hasSize(1);
    bench.clock.advance(INTERVAL.multipliedBy(20));
    bench.found("up/app", "1.2.3");
    assertThat(bench.registry.requests()).hasSize(1);
  }

  @Test
  void aDueTagCostsOneHeadHoweverManyAsk() {
    bench.clock.advance(INTERVAL);
    Gate gate = bench.registry.onHead(MANIFESTS).holdHeaders();

    List<Future<ManifestAnswer>> answers = bench.ask(50, "up/app", "latest");
    gate.awaitHeld(1);
    gate.release();

    assertThat(answers)
        .allSatisfy(
            answer -> {
              var found = Answers.found(await(answer));
              assertThat(found.manifest().digest()).isEqualTo(image.digest());
              assertThat(found.provenance()).isEqualTo(Provenance.HIT);
              assertThat(found.checkedAt()).contains(bench.clock.instant());
            });
    assertThat(bench.registry.count("HEAD", MANIFESTS)).isEqualTo(1);
    assertThat(bench.registry.requests()).hasSize(1);
  }

  @Test
  void aConfirmedTagIsFreshForAnotherInterval() {
    bench.clock.advance(INTERVAL);
    bench.found("up/app", "latest");
    bench.clock.advance(INTERVAL.minusMillis(1));
    bench.found("up/app", "latest");
    assertThat(bench.registry.requests()).hasSize(1);
  }

  @Test
  void aMovedTagIsFollowedAndItsOldImageStaysByDigest() {
    FakeImage newer = bench.registry.image("app", "latest").layer(10).push();
    bench.clock.advance(INTERVAL);

    var found = bench.found("up/app", "latest");

    assertThat(found.manifest().digest()).isEqualTo(newer.digest());
    assertThat(found.provenance()).isEqualTo(Provenance.MISS);
    assertThat(found.checkedAt()).contains(bench.clock.instant());
    assertThat(bench.registry.count("HEAD", MANIFESTS)).isEqualTo(1);
    assertThat(bench.registry.count("GET", MANIFESTS)).isEqualTo(1);
    assertThat(bench.found("up/app", image.digest()).provenance()).isEqualTo(Provenance.HIT);
    assertThat(bench.registry.requests()).hasSize(2);
  }

  @Test
  void aMovedTagIsFetchedOnceHoweverManyAsk() {
    FakeImage newer = bench.registry.image("app", "latest").layer(10).push();
    bench.clock.advance(INTERVAL);
    Gate gate = bench.registry.onGet(MANIFESTS).holdHeaders();

    List<Future<ManifestAnswer>> answers = bench.ask(50, "up/app", "latest");
    gate.awaitHeld(1);
    gate.release();

    assertThat(answers)
        .extracting(answer -> Answers.found(await(answer)).manifest().digest())
        .containsOnly(newer.digest());
    assertThat(bench.registry.requests()).hasSize(2);
  }

  @Test
  void aTagThatMovedBackNeedsNoSecondDownload() {
    bench.registry.image("app", "latest").layer(10).push();
    bench.clock.advance(INTERVAL);
    bench.found("up/app", "latest");
    bench.registry.tag("app", "latest", image.digest());
    bench.clock.advance(INTERVAL);
    bench.registry.forgetRequests();

    assertThat(bench.found("up/app", "latest").manifest().digest()).isEqualTo(image.digest());

    assertThat(bench.registry.count("HEAD", MANIFESTS)).isEqualTo(1);
    assertThat(bench.registry.requests()).hasSize(1);
  }

  @Test
  void anUpstreamThatDoesNotSayTheDigestIsAskedForTheManifest() {
    bench.registry.onHead(MANIFESTS).always(AnswerFaults.withoutHeader("Docker-Content-Digest"));
    bench.clock.advance(INTERVAL);

    assertThat(bench.found("up/app", "latest").manifest().digest()).isEqualTo(image.digest());

    assertThat(bench.registry.count("GET", MANIFESTS)).isEqualTo(1);
    bench.found("up/app", "latest");
    assertThat(bench.registry.requests()).hasSize(2);
  }

  @Test
  void aClockThatWasSetBackMakesTheTagDue() {
    bench.clock.advance(Duration.ofSeconds(-1));
    assertThat(bench.found("up/app", "latest").checkedAt()).contains(bench.clock.instant());
    assertThat(bench.registry.requests()).hasSize(1);
  }

  @Test
  void byDigestUpstreamIsNeverAskedAgain() {
    bench.clock.advance(INTERVAL.multipliedBy(1000));
    var found = bench.found("up/app", image.digest());
    assertThat(found.provenance()).isEqualTo(Provenance.HIT);
    assertThat(found.checkedAt()).isEmpty();
    assertThat(bench.registry.requests()).isEmpty();
  }

  @Test
  void withoutARuleWhatIsCachedIsServedAndNothingElse() {
    bench.use();
    assertThat(bench.found("up/app", "latest").staleReason()).isPresent();
    assertThat(bench.found("up/app", image.digest()).staleReason()).isEmpty();
    assertThat(bench.refused("up/other", "latest").message()).contains("no rule covers up/other");
    assertThat(bench.registry.requests()).isEmpty();
  }
}

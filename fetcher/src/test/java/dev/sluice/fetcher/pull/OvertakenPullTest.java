package dev.sluice.fetcher.pull;

import static dev.sluice.fetcher.fake.FakeRegistry.BLOBS;
import static dev.sluice.fetcher.fake.FakeRegistry.MANIFESTS;
import static dev.sluice.fetcher.pull.Answers.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.BlobAnswer;
import dev.sluice.fetcher.BlobRequest;
import dev.sluice.fetcher.ManifestAnswer;
import dev.sluice.fetcher.Refused.Reason;
import dev.sluice.fetcher.fake.FakeImage;
import dev.sluice.fetcher.fake.Gate;
import dev.sluice.metadata.Platforms;
import dev.sluice.metadata.Reference.Tag;
import dev.sluice.metadata.RepositoryName;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Something is deleted while upstream is being asked for it. */
class OvertakenPullTest {

  private static final RepositoryName APP = new RepositoryName("up/app");

  @TempDir Path folder;
  @AutoClose private Bench bench;

  @BeforeEach
  void open() {
    bench = new Bench(folder);
  }

  private void assertNothingIsLeft() {
    assertThat(bench.repository("up/app")).isEmpty();
    assertThat(await(bench.catalog.images(APP))).isEmpty();
    assertThat(await(bench.tags.tags(APP))).isEmpty();
  }

  @Test
  void aManifestOnItsWayIsNotKeptOnceItsRuleIsGoneToo() {
    bench.registry.image("app", "latest").push();
    Gate gate = bench.registry.onGet(MANIFESTS).holdHeaders();
    Future<ManifestAnswer> pull = bench.ask("up/app", "latest");
    gate.awaitHeld(1);
    bench.use();
    await(bench.fetcher.repository(APP));
    gate.release();

    assertThat(Answers.refused(await(pull)).reason()).isEqualTo(Reason.NAME_UNKNOWN);
    assertNothingIsLeft();
  }

  @Test
  void aPullThatIsOvertakenBeginsAnewUnderItsRule() {
    FakeImage before = bench.registry.image("app", "latest").push();
    Gate gate = bench.registry.onGet(MANIFESTS).holdHeaders();
    Future<ManifestAnswer> pull = bench.ask("up/app", "latest");
    gate.awaitHeld(1);
    FakeImage after = bench.registry.image("app", "latest").layer(9).push();
    await(bench.fetcher.repository(APP));
    gate.release();

    assertThat(Answers.found(await(pull)).manifest().digest()).isEqualTo(after.digest());
    assertThat(bench.registry.count("GET", MANIFESTS)).isEqualTo(2);
    assertThat(await(bench.catalog.image(APP, before.digest()))).isEmpty();
  }

  @Test
  void nobodyWhoAsksAfterADeletionTakesPartInACheckFromBefore() {
    FakeImage old = bench.registry.image("app", "latest").push();
    bench.found("up/app", "latest");
    bench.clock.advance(Bench.POLICIES.checkIntervals().usual());
    Gate gate = bench.registry.onHead(MANIFESTS).holdHeaders();
    Future<ManifestAnswer> before = bench.ask("up/app", "latest");
    gate.awaitHeld(1);
    await(bench.fetcher.images(APP, Set.of(old.digest())));
    FakeImage newer = bench.registry.image("app", "latest").layer(9).push();

    assertThat(bench.found("up/app", "latest").manifest().digest()).isEqualTo(newer.digest());
    gate.release();
    await(before);

    assertThat(bench.found("up/app", "latest").manifest().digest()).isEqualTo(newer.digest());
    assertThat(await(bench.tags.find(APP, new Tag("latest"))).orElseThrow().digest())
        .isEqualTo(newer.digest());
    assertThat(await(bench.catalog.image(APP, old.digest()))).isEmpty();
  }

  @Test
  void aBlobOnItsWayBecomesNoMember() {
    FakeImage image = bench.registry.image("app", "latest").layer(50_000).push();
    bench.found("up/app", "latest");
    Gate gate = bench.registry.onGet(BLOBS).holdHeaders();
    Future<BlobAnswer> pull = bench.fetcher.blob(new BlobRequest(APP, image.layer(0), false));
    gate.awaitHeld(1);
    bench.use();
    await(bench.fetcher.repository(APP));
    gate.release();

    assertThat(Answers.refused(await(pull)).reason()).isEqualTo(Reason.NAME_UNKNOWN);
    bench.drain();
    assertThat(await(bench.catalog.member(APP, image.layer(0)))).isEmpty();
    assertNothingIsLeft();
  }

  @Test
  void aDownloadUnderWayComesToItsEnd() {
    FakeImage image = bench.registry.image("app", "latest").layer(50_000).push();
    bench.found("up/app", "latest");
    Gate gate = bench.registry.onGet(BLOBS).holdAt(20_000);
    Download download = await(bench.download("up/app", image.layer(0)));
    gate.awaitHeld(1);
    bench.use();
    await(bench.fetcher.repository(APP));
    gate.release();

    assertThat(download.end())
        .isInstanceOfSatisfying(
            Download.End.Whole.class, end -> assertThat(end.is(image.layer(0))).isTrue());
    assertThat(Answers.refused(bench.blob("up/app", image.layer(0), false)).reason())
        .isEqualTo(Reason.NAME_UNKNOWN);
  }

  @Test
  void completionBringsNothingBack() {
    bench.use(bench.rule("up", Bench.POLICIES.with(new Platforms.All())));
    bench
        .registry
        .index("app", "latest")
        .platform("linux/amd64", 1_000, 2_000)
        .platform("linux/arm64", 1_000, 2_000)
        .push();
    Gate gate = bench.registry.onGet(BLOBS).holdHeaders();
    bench.found("up/app", "latest");
    gate.awaitHeld(1);
    await(bench.fetcher.repository(APP));
    gate.release();
    bench.settle();
    bench.registry.awaitIdle();
    bench.settle();
    bench.drain();

    assertNothingIsLeft();
    assertThat(
            List.copyOf(bench.registry.requests()).stream()
                .filter(r -> r.path().contains("/blobs/")))
        .hasSizeLessThanOrEqualTo(2);
  }
}

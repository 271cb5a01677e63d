package dev.sluice.fetcher.pull;

import static dev.sluice.fetcher.fake.FakeRegistry.BLOBS;
import static dev.sluice.fetcher.pull.Answers.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.BlobAnswer;
import dev.sluice.fetcher.Provenance;
import dev.sluice.fetcher.Refused.Reason;
import dev.sluice.fetcher.fake.Content;
import dev.sluice.fetcher.fake.FakeImage;
import dev.sluice.fetcher.fake.Gate;
import dev.sluice.fetcher.fake.TravelFaults;
import dev.sluice.metadata.Platforms;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A rule is deleted: nothing is asked of its upstream any more, what is cached is served on. */
class RuleGoneTest {

  private static final Content SHARED = Content.seeded(8, 4_000);

  @TempDir Path folder;
  @AutoClose private Bench bench;
  private FakeImage image;

  @BeforeEach
  void pull() {
    bench = new Bench(folder);
    image = bench.registry.image("app", "latest").layer(SHARED).layer(50_000).push();
    bench.found("up/app", "latest");
    bench.read("up/app", image.layer(0));
    bench.registry.forgetRequests();
  }

  @Test
  void whatIsCachedIsServedHoweverOldItIs() {
    bench.use();
    bench.clock.advance(Duration.ofDays(400));

    var found = bench.found("up/app", "latest");
    assertThat(found.manifest().digest()).isEqualTo(image.digest());
    assertThat(found.provenance()).isEqualTo(Provenance.STALE);
    assertThat(found.staleReason()).hasValueSatisfying(why -> assertThat(why).contains("no rule"));
    assertThat(bench.found("up/app", image.digest()).provenance()).isEqualTo(Provenance.HIT);
    assertThat(bench.read("up/app", image.layer(0))).isInstanceOf(Download.End.Whole.class);
    assertThat(bench.blob("up/app", image.layer(0), true)).isInstanceOf(BlobAnswer.Found.class);
    assertThat(bench.registry.requests()).isEmpty();
  }

  @Test
  void whatIsNotCachedIsUnknown() {
    bench.use();

    assertThat(bench.refused("up/app", "other").reason()).isEqualTo(Reason.NAME_UNKNOWN);
    assertThat(Answers.refused(bench.check("up/app", "latest")).reason())
        .isEqualTo(Reason.NAME_UNKNOWN);
    assertThat(Answers.refused(bench.blob("up/app", image.layer(1), false)).reason())
        .isEqualTo(Reason.NAME_UNKNOWN);
    assertThat(bench.registry.requests()).isEmpty();
  }

  /** Its manifest lists the blob, but upstream was never asked whether it has it there. */
  @Test
  void whatOnlyAnotherRepositoryWasSeenToHaveIsNotServed() {
    bench.registry.image("two", "latest").layer(SHARED).push();
    bench.found("up/two", "latest");
    bench.use();

    for (boolean headOnly : new boolean[] {true, false}) {
      assertThat(Answers.refused(bench.blob("up/two", image.layer(0), headOnly)).reason())
          .isEqualTo(Reason.NAME_UNKNOWN);
    }
    assertThat(bench.read("up/app", image.layer(0))).isInstanceOf(Download.End.Whole.class);
  }

  @Test
  void aFillUnderWayComesToItsEndEvenByAResume() {
    bench.registry.onGet(BLOBS).once(TravelFaults.cutAt(40_000));
    Gate gate = bench.registry.onGet(BLOBS).holdAt(20_000);
    Download download = await(bench.download("up/app", image.layer(1)));
    gate.awaitHeld(1);
    bench.use();
    bench.refused("up/app", "other");
    gate.release();

    assertThat(download.end())
        .isInstanceOfSatisfying(
            Download.End.Whole.class, end -> assertThat(end.is(image.layer(1))).isTrue());
    bench.drain();
    assertThat(bench.read("up/app", image.layer(1))).isInstanceOf(Download.End.Whole.class);
  }

  @Test
  void completionOfAnIndexEnds() {
    bench.use(bench.rule("up", Bench.POLICIES.with(new Platforms.All())));
    bench
        .registry
        .index("index", "latest")
        .platform("linux/amd64", 1_000, 1_000, 1_000)
        .platform("linux/arm64", 1_000, 1_000, 1_000)
        .platform("linux/arm/v7", 1_000, 1_000, 1_000)
        .push();
    Gate gate = bench.registry.onGet(BLOBS).holdHeaders();
    bench.found("up/index", "latest");
    gate.awaitHeld(2);
    bench.use();
    gate.release();
    bench.drain();
    bench.settle();
    bench.registry.awaitIdle();
    bench.settle();

    assertThat(bench.registry.count("GET", BLOBS)).isEqualTo(2);
  }
}

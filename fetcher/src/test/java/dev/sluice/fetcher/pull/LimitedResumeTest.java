package dev.sluice.fetcher.pull;

import static dev.sluice.fetcher.fake.AnswerFaults.tooManyRequests;
import static dev.sluice.fetcher.fake.FakeRegistry.BLOBS;
import static dev.sluice.fetcher.fake.FakeRegistry.MANIFESTS;
import static dev.sluice.fetcher.fake.TravelFaults.cutAt;
import static dev.sluice.fetcher.fake.TravelFaults.holdAt;
import static dev.sluice.fetcher.pull.Answers.await;
import static dev.sluice.fetcher.pull.CutBlob.HALF;
import static dev.sluice.fetcher.pull.CutBlob.SIZE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.fake.FakeImage;
import dev.sluice.fetcher.fake.Gate;
import dev.sluice.fetcher.fake.PullLimit;
import dev.sluice.fetcher.pull.Download.End;
import dev.sluice.metadata.Platforms;
import dev.sluice.metadata.UpstreamLimits;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Blobs that break off under a limit: what people read is not dropped for a moment's sake. */
class LimitedResumeTest {

  @TempDir Path folder;
  @AutoClose private CutBlob blob;

  @BeforeEach
  void open() {
    blob = new CutBlob(folder, BenchOptions.plain());
    // The pause itself is real, and as short as any that an upstream can ask for.
    blob.bench.fills.whenLimited(() -> blob.bench.clock.advance(Duration.ofSeconds(1)));
  }

  @Test
  void aShortLimitIsWaitedFor() {
    blob.registry.onGet(BLOBS).once(blob.cutAtHalf()).once(tooManyRequests("1"));

    blob.assertServedAcrossTheCut();

    assertThat(blob.gets()).hasSize(3);
    assertThat(blob.gets().getLast().header("Range")).contains("bytes=" + HALF + '-');
  }

  @Test
  void aShortLimitIsWaitedForOnce() {
    blob.registry.onGet(BLOBS).once(blob.cutAtHalf()).always(tooManyRequests("1"));

    assertThat(blob.readAcrossTheCut()).isEqualTo(new End.Cut());

    blob.assertNothingIsLeft();
    assertThat(blob.gets()).hasSize(3);
  }

  @Test
  void aLongLimitIsNot() {
    blob.registry.onGet(BLOBS).once(blob.cutAtHalf()).once(tooManyRequests("11"));

    assertThat(blob.readAcrossTheCut()).isEqualTo(new End.Cut());

    blob.assertNothingIsLeft();
    assertThat(blob.gets()).hasSize(2);
  }

  @Test
  void whatCompletionBeganGoesOnUnderTheReserve() {
    Bench bench = blob.bench;
    var policies = Bench.POLICIES.with(new Platforms.All()).with(new UpstreamLimits(10_000, 20));
    bench.use(bench.rule("up", policies));
    FakeImage child =
        bench
            .registry
            .index("multi", "latest")
            .platform("linux/amd64", SIZE)
            .push()
            .child("linux/amd64");
    for (int i = 0; i < 6; i++) {
      bench.registry.image("other", "t" + i).layer(10 + i).push();
    }
    Gate cut = new Gate();
    bench.registry.onGet(child.layer(0).hex()).once(holdAt(HALF, cut).and(cutAt(HALF)));
    bench.registry.onAny(MANIFESTS).always(new PullLimit(10, 600));
    bench.found("up/multi", "latest");
    cut.awaitHeld(1);
    Download reader = await(bench.download("up/multi", child.layer(0)));
    assertThat(reader.next(HALF)).hasSize(HALF);
    for (int i = 0; i < 6; i++) {
      bench.found("up/other", "t" + i);
    }

    cut.release();

    assertThat(reader.end())
        .isInstanceOfSatisfying(
            End.Whole.class, rest -> assertThat(rest.bytes()).hasSize(SIZE - HALF));
  }
}

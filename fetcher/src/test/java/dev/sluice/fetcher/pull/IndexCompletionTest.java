package dev.sluice.fetcher.pull;

import static dev.sluice.fetcher.fake.FakeRegistry.BLOBS;
import static dev.sluice.fetcher.fake.FakeRegistry.MANIFESTS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.fake.AnswerFaults;
import dev.sluice.fetcher.fake.FakeImage;
import dev.sluice.fetcher.fake.FakeIndex;
import dev.sluice.fetcher.fake.Gate;
import dev.sluice.fetcher.fake.TravelFaults;
import dev.sluice.metadata.Platform;
import dev.sluice.metadata.Platforms;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is brought in of an index behind the scenes. Each child has two layers and a config. */
class IndexCompletionTest {

  private static final int BLOBS_OF_A_CHILD = 3;

  @TempDir Path folder;
  @AutoClose private Bench bench;
  private FakeIndex index;

  @BeforeEach
  void open() {
    bench = new Bench(folder);
    index =
        bench
            .registry
            .index("app", "latest")
            .platform("linux/amd64", 1000, 2000)
            .platform("linux/arm64/v8", 1000, 2000)
            .platform("linux/arm/v7", 1000, 2000)
            .platform("windows/amd64", 1000, 2000)
            .push();
  }

  @Test
  void allPlatformsAreHereAfterOnePull() {
    use(new Platforms.All());

    bench.found("up/app", "latest");

    bench.awaitFills(4 * BLOBS_OF_A_CHILD);
    bench.registry.close();
    for (FakeImage child : index.children().values()) {
      bench.found("up/app", child.digest());
      for (int layer = 0; layer < 2; layer++) {
        assertThat(bench.read("up/app", child.layer(layer))).isInstanceOf(Download.End.Whole.class);
      }
      assertThat(bench.read("up/app", child.config().digest()))
          .isInstanceOf(Download.End.Whole.class);
    }
  }

  @Test
  void everythingIsAskedForOnceHoweverOftenTheIndexIsPulled() {
    use(new Platforms.All());
    for (int i = 0; i < 20; i++) {
      bench.found("up/app", "latest");
    }
    bench.awaitFills(4 * BLOBS_OF_A_CHILD);
    for (int i = 0; i < 20; i++) {
      bench.found("up/app", "latest");
    }
    bench.settle();
    assertThat(bench.registry.count("GET", MANIFESTS)).isEqualTo(1 + 4);
    assertThat(bench.registry.count("GET", BLOBS)).isEqualTo(4 * BLOBS_OF_A_CHILD);
  }

  @Test
  void requestedBringsInNothingThatNobodyAskedFor() {
    use(new Platforms.Requested());
    bench.found("up/app", "latest");
    bench.settle();
    bench.registry.awaitIdle();
    assertThat(bench.registry.requests()).hasSize(1);
    assertThat(bench.store.blobs()).containsExactly(index.digest().hex());
  }

  @Test
  void aListBringsInItsPlatformsAlone() {
    use(new Platforms.Only(List.of(new Platform("linux", "arm64", ""))));
    bench.found("up/app", "latest");
    bench.awaitFills(BLOBS_OF_A_CHILD);
    bench.settle();
    bench.registry.awaitIdle();
    FakeImage wanted = index.child("linux/arm64/v8");
    assertThat(bench.store.blobs())
        .containsExactlyInAnyOrder(
            index.digest().hex(),
            wanted.digest().hex(),
            wanted.layer(0).hex(),
            wanted.layer(1).hex(),
            wanted.config().digest().hex());
  }

  @Test
  void aWiderPolicyIsHeededAtTheNextPull() {
    bench.found("up/app", "latest");
    use(new Platforms.All());
    bench.found("up/app", "latest");
    bench.awaitFills(4 * BLOBS_OF_A_CHILD);
    assertThat(bench.registry.count("GET", BLOBS)).isEqualTo(4 * BLOBS_OF_A_CHILD);
  }

  @Test
  void whatFailsDoesNotStopTheRest() {
    use(new Platforms.All());
    FakeImage missing = index.child("linux/amd64");
    FakeImage broken = index.child("linux/arm64/v8");
    bench.registry.delete("app", missing.digest());
    bench.registry.onGet(broken.layer(0).hex()).always(AnswerFaults.flipBitAt(5));
    bench.registry.onGet(broken.layer(1).hex()).always(TravelFaults.resetUnanswered());

    bench.found("up/app", "latest");

    // The flipped layer is filled twice, in vain; the reset one never becomes a fill.
    bench.awaitFills(3 * BLOBS_OF_A_CHILD);
    assertThat(bench.store.blobs())
        .hasSize(1 + 3 + 3 * BLOBS_OF_A_CHILD - 2)
        .doesNotContain(broken.layer(0).hex());
    assertThat(bench.store.incomplete()).isEmpty();
  }

  @Test
  void whatFailedIsMadeUpForAtALaterPull() {
    use(new Platforms.All());
    // Such an answer is not asked for again at once.
    bench.registry.onGet(BLOBS).times(4, AnswerFaults.status(400));
    bench.found("up/app", "latest");
    bench.awaitFills(4 * BLOBS_OF_A_CHILD - 4);
    bench.registry.awaitIdle();
    bench.settle();
    bench.found("up/app", "latest");
    bench.awaitFills(4 * BLOBS_OF_A_CHILD);
    assertThat(bench.store.blobs()).hasSize(1 + 4 + 4 * BLOBS_OF_A_CHILD);
  }

  @Test
  void noMoreThanTwoRequestsAreUnderWayAtOnce() {
    use(new Platforms.All());
    Gate gate = bench.registry.onGet(BLOBS).holdHeaders();
    bench.found("up/app", "latest");
    gate.awaitHeld(2);
    bench.settle();
    assertThat(gate.held()).isEqualTo(2);
    gate.release();
    bench.awaitFills(4 * BLOBS_OF_A_CHILD);
    assertThat(bench.registry.maxInFlight()).isEqualTo(2);
  }

  @Test
  void peopleDoNotWaitForIt() {
    use(new Platforms.All());
    Gate gate = bench.registry.onGet(BLOBS).holdAt(10);
    bench.found("up/app", "latest");
    gate.awaitHeld(2);
    bench.registry.image("other", "latest").push();
    bench.found("up/other", "latest");
    gate.release();
  }

  private void use(Platforms platforms) {
    bench.use(bench.rule("up", Bench.POLICIES.with(platforms)));
  }
}

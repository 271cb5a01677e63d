package dev.sluice.fetcher.pull;

import static dev.sluice.fetcher.fake.FakeRegistry.BLOBS;
import static dev.sluice.fetcher.fake.FakeRegistry.MANIFESTS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.WarmUp;
import dev.sluice.fetcher.WarmUp.State;
import dev.sluice.fetcher.fake.FakeImage;
import dev.sluice.fetcher.fake.FakeIndex;
import dev.sluice.metadata.Platform;
import dev.sluice.metadata.Platforms;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images are brought in before anybody pulls them. Each child has two layers and a config. */
class WarmUpTest {

  private static final int BLOBS_OF_A_CHILD = 3;

  @TempDir Path folder;
  @AutoClose private Bench bench;
  private Warming warming;
  private FakeIndex index;
  private FakeImage image;

  @BeforeEach
  void open() {
    bench = new Bench(folder);
    warming = new Warming(bench.fetcher.warmUps());
    index =
        bench
            .registry
            .index("app", "latest")
            .platform("linux/amd64", 1000, 2000)
            .platform("linux/arm64/v8", 1000, 2000)
            .platform("windows/amd64", 1000, 2000)
            .push();
    image = bench.registry.image("team/one", "1.0").layer(500).push();
  }

  private void assertIsHere(String repository, FakeImage wanted) {
    bench.found(repository, wanted.digest());
    for (int layer = 0; layer < wanted.layers().size(); layer++) {
      assertThat(bench.read(repository, wanted.layer(layer)))
          .isInstanceOf(Download.End.Whole.class);
    }
    assertThat(bench.read(repository, wanted.config().digest()))
        .isInstanceOf(Download.End.Whole.class);
  }

  @Test
  void everythingOfThemIsHereWhenUpstreamIsGone() {
    WarmUp ended = warming.warm("up/app", "up/team/one@" + image.digest());

    bench.registry.close();
    assertThat(ended.state()).isEqualTo(State.DONE);
    assertThat(ended.images()).isEqualTo(new WarmUp.Images(2, 2, 0));
    assertThat(ended.failures()).isEmpty();
    assertThat(ended.endedAt()).contains(bench.clock.instant());
    assertThat(bench.found("up/app", "latest").manifest().digest()).isEqualTo(index.digest());
    index.children().values().forEach(child -> assertIsHere("up/app", child));
    assertIsHere("up/team/one", image);
  }

  @Test
  void itCountsWhatCameIn() {
    long bytes =
        image.config().size() + image.layers().stream().mapToLong(layer -> layer.size()).sum();
    assertThat(warming.warm("up/team/one:1.0").arrived()).isEqualTo(new WarmUp.Arrivals(2, bytes));
    assertThat(warming.warm("up/team/one:1.0").arrived()).isEqualTo(new WarmUp.Arrivals(0, 0));
  }

  @Test
  void aSecondTimeCostsUpstreamNothing() {
    warming.warm("up/app:latest", "up/team/one:1.0");
    bench.registry.awaitIdle();
    bench.registry.forgetRequests();

    assertThat(warming.warm("up/app:latest", "up/team/one:1.0").images().done()).isEqualTo(2);

    assertThat(bench.registry.requests()).isEmpty();
  }

  @Test
  void aDueTagIsCheckedAndNothingIsFetchedAgain() {
    warming.warm("up/team/one:1.0");
    bench.clock.advance(Duration.ofHours(25));
    bench.registry.forgetRequests();

    assertThat(warming.warm("up/team/one:1.0").images().done()).isEqualTo(1);

    assertThat(bench.registry.requests()).hasSize(1);
    assertThat(bench.registry.count("HEAD", MANIFESTS)).isEqualTo(1);
  }

  @Test
  void aTagThatHasMovedIsFollowed() {
    warming.warm("up/team/one:1.0");
    bench.clock.advance(Duration.ofHours(25));
    FakeImage moved = bench.registry.image("team/one", "1.0").layer(700).push();

    warming.warm("up/team/one:1.0");

    bench.registry.close();
    assertIsHere("up/team/one", moved);
  }

  @Test
  void thePlatformsThatAreChosenComeAlone() {
    bench.use(bench.rule("up", Bench.POLICIES.with(new Platforms.All())));

    warming.ended(warming.begin(List.of("linux/arm64"), "up/app"));

    bench.drain();
    assertThat(bench.registry.count("GET", BLOBS)).isEqualTo(BLOBS_OF_A_CHILD);
    assertThat(bench.registry.count("GET", MANIFESTS)).isEqualTo(2);
    bench.registry.close();
    assertIsHere("up/app", index.child("linux/arm64/v8"));
  }

  @Test
  void otherwiseTheRuleChooses() {
    var windows = new Platforms.Only(List.of(new Platform("windows", "amd64", "")));
    bench.use(bench.rule("up", Bench.POLICIES.with(windows)));

    warming.ended(warming.begin(List.of(), "up/app"));

    assertThat(bench.registry.count("GET", BLOBS)).isEqualTo(BLOBS_OF_A_CHILD);
    bench.registry.close();
    assertIsHere("up/app", index.child("windows/amd64"));
  }

  @Test
  void aRuleThatCompletesNothingMeansWhatThisMachineWouldPull() {
    Platforms own = OwnPlatform.inPlaceOfNone(new Platforms.Requested());
    String name = own instanceof Platforms.Only(var ours) ? ours.getFirst().toString() : "";
    FakeIndex both =
        bench.registry.index("both", "latest").platform("plan9/mips", 10).platform(name, 20).push();

    warming.ended(warming.begin(List.of(), "up/both"));

    assertThat(bench.registry.count("GET", MANIFESTS)).isEqualTo(2);
    bench.registry.close();
    assertIsHere("up/both", both.child(name));
  }

  @Test
  void anImageWithoutTheChosenPlatformHasFailed() {
    WarmUp ended = warming.ended(warming.begin(List.of("linux/s390x"), "up/app"));

    assertThat(ended.images()).isEqualTo(new WarmUp.Images(1, 0, 1));
    assertThat(ended.failures())
        .singleElement()
        .satisfies(
            failure -> {
              assertThat(failure.image()).isEqualTo("up/app:latest");
              assertThat(failure.why()).contains("linux/s390x", "linux/amd64, linux/arm64/v8");
            });
  }

  @Test
  void anImageThatIsNamedTwiceIsOne() {
    assertThat(warming.warm("up/team/one:1.0", "up/team/one:1.0").images().wanted()).isEqualTo(1);
  }

  @Test
  void noMoreThanTwoImagesOfAnUpstreamAreWorkedOnAtOnce() {
    for (int i = 0; i < 6; i++) {
      bench.registry.image("many", "t" + i).layer(100 + i).push();
    }
    var gate = bench.registry.onGet(BLOBS).holdHeaders();
    String id =
        warming.begin(
            List.of(), "up/many:t0", "up/many:t1", "up/many:t2", "up/many:t3", "up/many:t4");
    gate.awaitHeld(2);
    bench.settle();
    assertThat(gate.held()).isEqualTo(2);
    gate.release();
    assertThat(warming.ended(id).images().done()).isEqualTo(5);
    assertThat(bench.registry.maxInFlight()).isEqualTo(2);
  }
}

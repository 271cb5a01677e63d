package dev.sluice.fetcher.pull;

import static dev.sluice.fetcher.pull.Answers.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.fake.Content;
import dev.sluice.fetcher.fake.FakeImage;
import dev.sluice.fetcher.pull.Download.End;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.storage.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Space comes back when the last image that lists a blob is gone; what is listed stays. */
class SweepTest {

  private static final Duration GRACE = Duration.ofHours(1);
  private static final Content SHARED = Content.zeros(500);
  private static final RepositoryName APP = new RepositoryName("up/app");

  @TempDir Path folder;
  @AutoClose private Bench bench;
  private FakeImage app;
  private FakeImage twin;

  @BeforeEach
  void twoRepositoriesHoldTheSameLayer() {
    bench = new Bench(folder);
    app = bench.registry.image("app", "latest").layer(SHARED).layer(1000).push();
    twin = bench.registry.image("twin", "latest").layer(SHARED).push();
    pull("up/app", app);
    pull("up/twin", twin);
  }

  private void pull(String repository, FakeImage image) {
    bench.found(repository, "latest");
    for (int number = 0; number < image.layers().size(); number++) {
      assertThat(bench.read(repository, image.layer(number))).isInstanceOf(End.Whole.class);
    }
    bench.drain();
  }

  private void sweep() {
    await(bench.fetcher.chores().sweep());
  }

  private void sweepTwiceAGraceApart() {
    sweep();
    bench.clock.advance(GRACE);
    sweep();
  }

  private boolean isHere(Digest digest) {
    return bench.blobs.find(digest).isPresent();
  }

  @Test
  void whatAnImageListsStaysHoweverOld() {
    bench.clock.advance(GRACE.multipliedBy(1000));
    sweepTwiceAGraceApart();
    assertThat(List.of(app.digest(), app.layer(0), app.layer(1), twin.digest()))
        .allMatch(this::isHere);
  }

  @Test
  void bytesGoWithTheLastImageThatListsThem() {
    await(bench.fetcher.images(APP, Set.of(app.digest())));
    sweepTwiceAGraceApart();

    assertThat(List.of(app.digest(), app.layer(1))).noneMatch(this::isHere);
    assertThat(List.of(twin.digest(), twin.layer(0))).allMatch(this::isHere);
  }

  @Test
  void theyStayForAsLongAsTheGrace() {
    await(bench.fetcher.images(APP, Set.of(app.digest())));
    sweep();
    bench.clock.advance(GRACE.minusMillis(1));
    sweep();
    assertThat(isHere(app.layer(1))).isTrue();
  }

  @Test
  void oneLookIsNotEnoughHoweverOldTheyAre() {
    bench.clock.advance(GRACE.multipliedBy(3));
    await(bench.fetcher.images(APP, Set.of(app.digest())));
    sweep();
    assertThat(isHere(app.layer(1))).isTrue();
  }

  @Test
  void whatIsUsedMeanwhileStays() {
    await(bench.fetcher.images(APP, Set.of(app.digest())));
    sweep();
    bench.clock.advance(GRACE.minus(Duration.ofMinutes(2)));
    bench.read("up/app", app.layer(1));
    bench.clock.advance(Duration.ofMinutes(2));
    sweep();
    assertThat(isHere(app.layer(1))).isTrue();
  }

  @Test
  void whatWasPulledAgainStays() {
    await(bench.fetcher.images(APP, Set.of(app.digest())));
    sweep();
    bench.clock.advance(GRACE);
    bench.found("up/app", "latest");
    sweep();
    assertThat(List.of(app.digest(), app.layer(1))).allMatch(this::isHere);
  }

  @Test
  void aDeletedRepositoryGivesItsSpaceBack() throws IOException {
    await(bench.fetcher.repository(APP));
    await(bench.fetcher.repository(new RepositoryName("up/twin")));
    sweepTwiceAGraceApart();
    try (Stream<Path> left = Files.walk(folder.resolve("store/blobs"))) {
      assertThat(left.filter(Files::isRegularFile)).isEmpty();
    }
  }

  @Test
  void nothingGoesWhileNamesCannotAllBeRead() {
    await(bench.fetcher.images(APP, Set.of(app.digest())));
    bench.namesAreWhole(false);
    sweepTwiceAGraceApart();
    assertThat(isHere(app.layer(1))).isTrue();
  }

  @Test
  void aManifestThatIsLostIsFetchedAgainBehindTheScenes() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("store/blobs"))) {
      Files.delete(
          files.filter(file -> file.endsWith(app.digest().hex())).findFirst().orElseThrow());
    }
    sweep();
    assertThat(isHere(app.digest())).isTrue();
  }
}

package dev.sluice.fetcher.pull;

import static dev.sluice.fetcher.pull.Answers.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.WarmUp;
import dev.sluice.fetcher.fake.AnswerFaults;
import dev.sluice.fetcher.fake.FakeImage;
import dev.sluice.fetcher.fake.TravelFaults;
import dev.sluice.fetcher.pull.Download.End;
import dev.sluice.storage.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What clients get of a node whose disk takes nothing. */
class PassThroughTest {

  private static final int SIZE = 3_000_000;

  @TempDir Path folder;
  @AutoClose private Bench bench;
  private Digest layer;

  @BeforeEach
  void theDiskTakesNothing() throws IOException {
    bench = new Bench(folder);
    FakeImage image = bench.registry.image("app", "latest").layer(SIZE).push();
    layer = image.layer(0);
    bench.found("up/app", "latest");
    Files.delete(folder.resolve("store/incomplete"));
  }

  @Test
  void everyReaderGetsTheBytesAndNothingIsKept() {
    List<End> ends =
        bench.download(3, "up/app", layer).stream().map(each -> await(each).end()).toList();

    assertThat(ends).hasSize(3).allSatisfy(this::assertWhole);
    assertThat(bench.blobs.find(layer)).isEmpty();
  }

  @Test
  void wrongBytesNeverComeToTheirEnd() {
    bench.registry.onGet(layer.hex()).always(AnswerFaults.flipBitAt(SIZE - 1));
    assertThat(bench.read("up/app", layer)).isEqualTo(new End.Cut());
  }

  @Test
  void aStreamThatBreaksOffGoesOnAtTheByte() {
    bench.registry.onGet(layer.hex()).times(2, TravelFaults.cutAt(SIZE / 2));
    assertWhole(bench.read("up/app", layer));
  }

  @Test
  void itKeepsBlobsAgainOnceItCan() throws IOException {
    assertWhole(bench.read("up/app", layer));
    Files.createDirectory(folder.resolve("store/incomplete"));

    bench.clock.advance(Duration.ofSeconds(6));
    assertWhole(bench.read("up/app", layer));
    bench.drain();
    assertThat(bench.blobs.find(layer)).isPresent();
  }

  @Test
  void anImageOfWhichNothingCanBeWrittenDownPassesThrough() {
    FakeImage other = bench.registry.image("other", "latest").layer(SIZE + 1).push();
    bench.catalog.seal();
    bench.tags.seal();

    for (int pull = 0; pull < 2; pull++) {
      var found = bench.found("up/other", "latest");
      assertThat(found.manifest().digest()).isEqualTo(other.digest());
      assertThat(found.usableUntil()).isBefore(bench.clock.instant().plus(Duration.ofHours(2)));
      assertThat(bench.read("up/other", other.layer(0)))
          .isInstanceOfSatisfying(
              End.Whole.class, whole -> assertThat(whole.is(other.layer(0))).isTrue());
    }
  }

  @Test
  void aWarmUpSaysThatItIsTheDisk() {
    Warming warming = new Warming(bench.fetcher.warmUps());

    WarmUp ended = warming.ended(warming.begin(List.of("all"), "up/app"), bench.clock);

    assertThat(ended.failures())
        .singleElement()
        .extracting(WarmUp.Failure::why)
        .asString()
        .contains("this node cannot store blob", "storage.maxSize");
  }

  @Test
  void aManifestThatCannotBeWrittenIsServedAllTheSame() {
    FakeImage other = bench.registry.image("other", "latest").layer(10).push();
    assertThat(bench.found("up/other", "latest").manifest().digest()).isEqualTo(other.digest());
    assertThat(await(bench.blobs.read(other.digest())).length()).isPositive();
  }

  private void assertWhole(End end) {
    assertThat(end)
        .isInstanceOfSatisfying(End.Whole.class, whole -> assertThat(whole.is(layer)).isTrue());
  }
}

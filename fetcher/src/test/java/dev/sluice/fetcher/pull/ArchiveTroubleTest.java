package dev.sluice.fetcher.pull;

import static dev.sluice.fetcher.fake.FakeRegistry.BLOBS;
import static dev.sluice.fetcher.pull.Answers.await;
import static dev.sluice.fetcher.pull.ArchivedLayer.HALF;
import static dev.sluice.fetcher.pull.ArchivedLayer.SIZE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.fake.Content;
import dev.sluice.fetcher.pull.FakeArchive.Mood;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** An archive that is cut, wrong, closed or silent costs nobody a blob. */
class ArchiveTroubleTest {

  @TempDir Path folder;
  @AutoClose private ArchivedLayer archived;
  private FakeArchive archive;

  @BeforeEach
  void archiveALayer() {
    archived = new ArchivedLayer(folder);
    archive = archived.archive;
  }

  @Test
  void aStreamThatIsCutGoesOnAtTheByte() {
    archived.assertWhole(archived.readAcross(archive.holdNext(HALF)));

    archived.assertKept();
    assertThat(archive.opened()).containsExactly(0L, (long) HALF);
    assertThat(archived.registry.requests()).isEmpty();
  }

  @Test
  void whatTheArchiveHasLostMeanwhileGoesOnUpstreamAtTheByte() {
    FakeArchive.Held hold = archive.holdNext(HALF);
    archived.bench.clock.advance(Absences.KEPT);
    Download download = await(archived.bench.download("up/app", archived.layer));
    download.next(HALF);
    archive.lose(archived.layer);
    hold.cut();

    assertThat(download.end()).isInstanceOf(Download.End.Whole.class);
    archived.assertKept();
    assertThat(archived.registry.requests("GET", BLOBS))
        .singleElement()
        .satisfies(get -> assertThat(get.header("Range")).contains("bytes=" + HALF + "-"));
  }

  @Test
  void aStreamThatIsCutTimeAndAgainGoesOnUpstream() {
    for (int i = 0; i < 4; i++) {
      archive.holdNext(1_000).cutWhenRead();
    }

    archived.assertServed();

    assertThat(archive.opened()).containsExactly(0L, 1_000L, 2_000L, 3_000L);
    assertThat(archived.registry.requests("GET", BLOBS)).hasSize(1);
  }

  static Stream<Content> wrongBytes() {
    return Stream.of(
        Content.seeded(12, SIZE),
        Content.seeded(11, SIZE - 1),
        Content.seeded(12, SIZE + 1),
        Content.EMPTY);
  }

  @ParameterizedTest
  @MethodSource("wrongBytes")
  void wrongBytesAreDroppedAndTheRightOnesAskedOfUpstream(Content wrong) {
    archive.put(archived.layer, wrong.toBytes());
    archived.assertNotWrong(archived.bench.read("up/app", archived.layer));

    archived.assertServed();

    assertThat(archive.opened().size()).isEqualTo(wrong.equals(Content.EMPTY) ? 0 : 1);
    assertThat(archived.registry.requests("GET", BLOBS)).hasSize(1);
    assertThat(archived.bench.fills.mismatches()).isZero();
  }

  @Test
  void whatWasWrongIsNotAskedOfTheArchiveForAWhile() {
    archive.put(archived.layer, Content.seeded(12, SIZE).toBytes());
    archived.bench.read("up/app", archived.layer);
    archived.assertServed();
    archived.bench.store.lose(archived.layer);

    archived.assertServed();
    assertThat(archive.opened()).hasSize(1);
    archived.bench.store.lose(archived.layer);
    archive.put(archived.layer, ArchivedLayer.BYTES.toBytes());
    archived.bench.clock.advance(ArchiveDoor.DISTRUST);

    archived.assertServed();
    assertThat(archive.opened()).hasSize(2);
    assertThat(archived.registry.requests("GET", BLOBS)).hasSize(2);
  }

  @ParameterizedTest
  @EnumSource(
      value = Mood.class,
      names = {"CLOSED", "SLOW", "SILENT"})
  void itIsAsIfItHadNothing(Mood mood) {
    archive.is(mood);

    archived.assertServed();

    assertThat(archived.registry.requests("GET", BLOBS)).hasSize(1);
  }

  @Test
  void aStreamThatComesTooLateIsDiscarded() {
    archive.is(Mood.SLOW);
    archived.assertServed();

    archive.catchUp();

    assertThat(archive.discarded()).isEqualTo(1);
    assertThat(archived.registry.requests("GET", BLOBS)).hasSize(1);
  }

  @Test
  void afterASilenceNobodyWaitsForItAWhile() {
    archive.is(Mood.SILENT);
    archived.assertServed();
    archived.bench.store.lose(archived.layer);

    archived.assertServed();
    assertThat(archive.finds()).isEqualTo(1);
    archived.bench.store.lose(archived.layer);
    archive.is(Mood.WELL);
    archived.bench.clock.advance(ArchiveDoor.REST);

    archived.assertServed();
    assertThat(archive.finds()).isEqualTo(2);
    assertThat(archived.registry.requests("GET", BLOBS)).hasSize(2);
  }
}

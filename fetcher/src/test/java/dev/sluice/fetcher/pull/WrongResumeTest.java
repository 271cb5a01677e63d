package dev.sluice.fetcher.pull;

import static dev.sluice.fetcher.fake.FakeRegistry.BLOBS;
import static dev.sluice.fetcher.pull.CutBlob.SIZE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.sluice.fetcher.fake.AnswerFaults;
import dev.sluice.fetcher.fake.Fault;
import dev.sluice.fetcher.fake.TravelFaults;
import dev.sluice.fetcher.pull.Download.End;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Upstreams that do not go on with a cut blob as they should. */
class WrongResumeTest {

  @TempDir Path folder;
  @AutoClose private CutBlob blob;

  @BeforeEach
  void open() {
    blob = new CutBlob(folder, BenchOptions.plain());
  }

  static Stream<Arguments> wrongParts() {
    return Stream.of(
        arguments("from further on", TravelFaults.shiftingRange(7)),
        arguments("of another size", AnswerFaults.contentRange("bytes 100000-299999/300000")),
        arguments("without its end", AnswerFaults.contentRange("bytes 100000-199998/200000")),
        arguments("of unknown size", AnswerFaults.contentRange("bytes 100000-199999/*")),
        arguments("that does not say", AnswerFaults.withoutHeader("Content-Range")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wrongParts")
  void aWrongPartIsNotTakenAndTheWholeIsSkippedInto(String name, Fault wrong) {
    blob.registry.onGet(BLOBS).once(blob.cutAtHalf()).once(wrong);
    blob.assertServedAcrossTheCut();
    assertThat(blob.gets()).hasSize(3);
    assertThat(blob.gets().getLast().headers().has("Range")).isFalse();
  }

  @Test
  void anUpstreamWithoutRangesIsSkippedInto() {
    blob.registry.onGet(BLOBS).once(blob.cutAtHalf()).once(TravelFaults.ignoringRange());
    blob.assertServedAcrossTheCut();
    assertThat(blob.gets()).hasSize(2);
  }

  @Test
  void aChangedValidatorBringsTheWholeWhichMayBeRight() {
    blob.registry.onGet(BLOBS).once(blob.cutAtHalf().and(AnswerFaults.header("ETag", "\"other\"")));
    blob.assertServedAcrossTheCut();
    assertThat(blob.gets()).hasSize(2);
    assertThat(blob.gets().getLast().header("If-Range")).contains("\"other\"");
  }

  @Test
  void aChangedBlobIsNeverKept() {
    blob.registry
        .onGet(BLOBS)
        .once(blob.cutAtHalf().and(AnswerFaults.header("ETag", "\"other\"")))
        .always(AnswerFaults.flipBitAt(SIZE - 2));

    assertThat(blob.readAcrossTheCut()).isEqualTo(new End.Cut());

    blob.bench.drain();
    assertThat(blob.bench.store.blobs()).doesNotContain(blob.layer.hex());
    assertThat(blob.bench.fills.mismatches()).isEqualTo(2);
  }

  @Test
  void aBlobWhoseSizeChangedIsWrong() {
    blob.registry
        .onGet(BLOBS)
        .once(blob.cutAtHalf())
        .once(TravelFaults.ignoringRange().and(AnswerFaults.resizedTo(SIZE + 5)));

    assertThat(blob.readAcrossTheCut()).isEqualTo(new End.Cut());
    blob.bench.drain();
    assertThat(blob.bench.fills.mismatches()).isEqualTo(1);
    blob.assertServed();
    assertThat(blob.gets()).hasSize(3);
  }

  @Test
  void aWeakValidatorIsNotShown() {
    blob.registry.onGet(BLOBS).once(blob.cutAtHalf().and(AnswerFaults.header("ETag", "W/\"x\"")));
    blob.assertServedAcrossTheCut();
    assertThat(blob.gets().getLast().headers().has("If-Range")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 404, 410, 416, 429})
  void anUpstreamThatWillNotGoOnIsNotPressed(int status) {
    blob.registry.onGet(BLOBS).once(blob.cutAtHalf()).always(AnswerFaults.status(status));
    assertThat(blob.readAcrossTheCut()).isEqualTo(new End.Cut());
    blob.bench.drain();
    assertThat(blob.gets()).hasSize(2);
    assertThat(blob.bench.store.incomplete()).isEmpty();
  }
}

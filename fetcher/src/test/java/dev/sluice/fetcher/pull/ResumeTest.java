package dev.sluice.fetcher.pull;

import static dev.sluice.fetcher.fake.FakeRegistry.BLOBS;
import static dev.sluice.fetcher.fake.FakeRegistry.CDN;
import static dev.sluice.fetcher.fake.TravelFaults.cutAt;
import static dev.sluice.fetcher.pull.Answers.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.sluice.fetcher.fake.AnswerFaults;
import dev.sluice.fetcher.fake.Content;
import dev.sluice.fetcher.fake.Fault;
import dev.sluice.fetcher.fake.Gate;
import dev.sluice.fetcher.fake.RecordedRequest;
import dev.sluice.fetcher.fake.Redirects;
import dev.sluice.fetcher.fake.TravelFaults;
import dev.sluice.fetcher.pull.Download.End;
import dev.sluice.storage.Digest;
import dev.sluice.storage.Digest.Algorithm;
import io.vertx.core.buffer.Buffer;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Blobs that break off on the way: they go on, and no client notices. */
class ResumeTest {

  private static final int SIZE = 200_000;
  private static final int HALF = SIZE / 2;

  @TempDir Path folder;
  @AutoClose private Bench bench;
  private final Gate cut = new Gate();
  private Digest layer;

  @BeforeEach
  void pullTheManifest() {
    bench = new Bench(folder);
    layer = bench.registry.image("app", "latest").layer(SIZE).push().layer(0);
    bench.found("up/app", "latest");
    bench.registry.forgetRequests();
  }

  @Test
  void aCutBlobGoesOnFromTheByteThatIsMissing() {
    bench.registry.onGet(BLOBS).once(cutAtHalf());

    assertServedAcrossTheCut();

    assertThat(gets()).hasSize(2);
    assertThat(gets().getLast().header("Range")).contains("bytes=" + HALF + '-');
    assertThat(gets().getLast().header("If-Range")).contains("\"" + layer + '"');
    assertThat(Collections.frequency(bench.store.blobs(), layer.hex())).isEqualTo(1);
    assertThat(bench.mismatches()).isZero();
  }

  @Test
  void threeCutsAreMended() {
    bench.registry.onGet(BLOBS).times(3, cutAt(HALF / 2));
    assertServed();
    assertThat(gets()).hasSize(4);
  }

  @Test
  void theFourthCutCutsTheClients() {
    bench.registry.onGet(BLOBS).once(cutAtHalf()).times(3, cutAt(10));

    assertThat(readAcrossTheCut()).isEqualTo(new End.Cut());

    bench.drain();
    assertThat(gets()).hasSize(4);
    assertThat(bench.store.incomplete()).isEmpty();
    assertThat(bench.store.blobs()).doesNotContain(layer.hex());
    assertServed();
  }

  static Stream<Arguments> cuts() {
    return Stream.of(
        arguments("RST", TravelFaults.resetAt(HALF)),
        arguments("a cut right behind the head", cutAt(0)),
        arguments("a cut at the last byte", cutAt(SIZE - 1)),
        arguments("chunks that break off", TravelFaults.chunked().and(cutAt(HALF))),
        arguments("a cut nobody can see", TravelFaults.untilClose().and(cutAt(HALF))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cuts")
  void everyKindOfCutIsMended(String name, Fault cut) {
    bench.registry.onGet(BLOBS).once(cut);
    assertServed();
    assertThat(gets()).hasSize(2);
  }

  @Test
  void aBlobOfUnknownSizeGoesOnToo() {
    Content bytes = Content.seeded(3, SIZE);
    Digest unlisted = bench.registry.blob("app", Algorithm.SHA512, bytes);
    bench.registry.onGet(BLOBS).once(TravelFaults.chunked().and(cutAt(HALF)));
    assertThat(bench.read("up/app", unlisted))
        .isInstanceOfSatisfying(End.Whole.class, w -> assertThat(w.is(unlisted)).isTrue());
    assertThat(gets()).hasSize(2);
  }

  @Test
  void silenceIsACut() {
    bench.close();
    bench = new Bench(folder.resolve("impatient"), BenchOptions.plain().impatient());
    layer = bench.registry.image("app", "latest").layer(SIZE).push().layer(0);
    bench.registry.onGet(BLOBS).once(TravelFaults.stallAt(HALF));
    assertServed();
    assertThat(gets()).hasSize(2);
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
    bench.registry.onGet(BLOBS).once(cutAtHalf()).once(wrong);
    assertServedAcrossTheCut();
    assertThat(gets()).hasSize(3);
    assertThat(gets().getLast().headers().has("Range")).isFalse();
  }

  @Test
  void anUpstreamWithoutRangesIsSkippedInto() {
    bench.registry.onGet(BLOBS).once(cutAtHalf()).once(TravelFaults.ignoringRange());
    assertServedAcrossTheCut();
    assertThat(gets()).hasSize(2);
  }

  @Test
  void aChangedValidatorBringsTheWholeWhichMayBeRight() {
    bench.registry.onGet(BLOBS).once(cutAtHalf().and(AnswerFaults.header("ETag", "\"other\"")));
    assertServedAcrossTheCut();
    assertThat(gets()).hasSize(2);
    assertThat(gets().getLast().header("If-Range")).contains("\"other\"");
  }

  @Test
  void aChangedBlobIsNeverKept() {
    bench
        .registry
        .onGet(BLOBS)
        .once(cutAtHalf().and(AnswerFaults.header("ETag", "\"other\"")))
        .always(AnswerFaults.flipBitAt(SIZE - 2));

    assertThat(readAcrossTheCut()).isEqualTo(new End.Cut());

    bench.drain();
    assertThat(bench.store.blobs()).doesNotContain(layer.hex());
    assertThat(bench.mismatches()).isEqualTo(2);
  }

  @Test
  void aBlobWhoseSizeChangedIsWrong() {
    bench
        .registry
        .onGet(BLOBS)
        .once(cutAtHalf())
        .once(TravelFaults.ignoringRange().and(AnswerFaults.resizedTo(SIZE + 5)));

    assertThat(readAcrossTheCut()).isEqualTo(new End.Cut());
    bench.drain();
    assertThat(bench.mismatches()).isEqualTo(1);
    assertServed();
    assertThat(gets()).hasSize(3);
  }

  @Test
  void aWeakValidatorIsNotShown() {
    bench.registry.onGet(BLOBS).once(cutAtHalf().and(AnswerFaults.header("ETag", "W/\"x\"")));
    assertServedAcrossTheCut();
    assertThat(gets().getLast().headers().has("If-Range")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 404, 410, 416, 429})
  void anUpstreamThatWillNotGoOnIsNotPressed(int status) {
    bench.registry.onGet(BLOBS).once(cutAtHalf()).always(AnswerFaults.status(status));
    assertThat(readAcrossTheCut()).isEqualTo(new End.Cut());
    bench.drain();
    assertThat(gets()).hasSize(2);
    assertThat(bench.store.incomplete()).isEmpty();
  }

  @Test
  void anUpstreamThatFailsMeanwhileIsAskedAgain() {
    bench.registry.onGet(BLOBS).once(cutAtHalf()).once(AnswerFaults.status(503));
    assertServedAcrossTheCut();
  }

  @Test
  void readersFromBeforeAndWithinTheCutGetEveryByte() {
    Gate resume = new Gate();
    bench.registry.onGet(BLOBS).once(cutAtHalf()).once(TravelFaults.holdHeaders(resume));
    Download before = await(bench.download("up/app", layer));
    cut.release();
    resume.awaitHeld(1);
    Download within = await(bench.download("up/app", layer));
    resume.release();

    assertWhole(before.end());
    assertWhole(within.end());
    assertThat(gets()).hasSize(2);
  }

  @Test
  void behindARedirectTheRangeIsAskedForToo() {
    bench.registry.redirectBlobs(Redirects.plain());
    bench.registry.onGet(CDN).once(cutAtHalf());
    assertServed();
    List<RecordedRequest> atCdn = bench.registry.requests("GET", CDN);
    assertThat(atCdn).hasSize(2);
    assertThat(atCdn.getLast().header("Range")).contains("bytes=" + HALF + '-');
  }

  private List<RecordedRequest> gets() {
    return bench.registry.requests("GET", BLOBS);
  }

  /** A cut behind bytes that a reader has; what comes at once with a head may be lost. */
  private Fault cutAtHalf() {
    return TravelFaults.holdAt(HALF, cut).and(cutAt(HALF));
  }

  private End readAcrossTheCut() {
    Download download = await(bench.download("up/app", layer));
    byte[] before = download.next(HALF);
    cut.release();
    return download.end() instanceof End.Whole(var after)
        ? new End.Whole(Buffer.buffer(before).appendBuffer(after))
        : new End.Cut();
  }

  private void assertServedAcrossTheCut() {
    assertWhole(readAcrossTheCut());
    bench.drain();
    assertThat(bench.store.incomplete()).isEmpty();
  }

  private void assertServed() {
    assertWhole(bench.read("up/app", layer));
    bench.drain();
    assertThat(bench.store.incomplete()).isEmpty();
  }

  private void assertWhole(End end) {
    assertThat(end).isInstanceOfSatisfying(End.Whole.class, w -> assertThat(w.is(layer)).isTrue());
  }
}

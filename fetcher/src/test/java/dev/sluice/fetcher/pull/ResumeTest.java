package dev.sluice.fetcher.pull;

import static dev.sluice.fetcher.fake.FakeRegistry.BLOBS;
import static dev.sluice.fetcher.fake.FakeRegistry.CDN;
import static dev.sluice.fetcher.fake.TravelFaults.cutAt;
import static dev.sluice.fetcher.pull.Answers.await;
import static dev.sluice.fetcher.pull.CutBlob.HALF;
import static dev.sluice.fetcher.pull.CutBlob.SIZE;
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

/** Blobs that break off on the way: they go on, and no client notices. */
class ResumeTest {

  @TempDir Path folder;
  @AutoClose private CutBlob blob;

  @BeforeEach
  void open() {
    blob = new CutBlob(folder, BenchOptions.plain());
  }

  @Test
  void aCutBlobGoesOnFromTheByteThatIsMissing() {
    blob.registry.onGet(BLOBS).once(blob.cutAtHalf());

    blob.assertServedAcrossTheCut();

    assertThat(blob.gets()).hasSize(2);
    assertThat(blob.gets().getLast().header("Range")).contains("bytes=" + HALF + '-');
    assertThat(blob.gets().getLast().header("If-Range")).contains("\"" + blob.layer + '"');
    assertThat(Collections.frequency(blob.bench.store.blobs(), blob.layer.hex())).isEqualTo(1);
    assertThat(blob.bench.fills.mismatches()).isZero();
  }

  @Test
  void threeCutsAreMended() {
    blob.registry.onGet(BLOBS).times(3, cutAt(HALF / 2));
    blob.assertServed();
    assertThat(blob.gets()).hasSize(4);
  }

  @Test
  void theFourthCutCutsTheClients() {
    blob.registry.onGet(BLOBS).once(blob.cutAtHalf()).times(3, cutAt(10));

    assertThat(blob.readAcrossTheCut()).isEqualTo(new End.Cut());

    blob.bench.drain();
    assertThat(blob.gets()).hasSize(4);
    assertThat(blob.bench.store.incomplete()).isEmpty();
    assertThat(blob.bench.store.blobs()).doesNotContain(blob.layer.hex());
    blob.assertServed();
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
    blob.registry.onGet(BLOBS).once(cut);
    blob.assertServed();
    assertThat(blob.gets()).hasSize(2);
  }

  @Test
  void aBlobOfUnknownSizeGoesOnToo() {
    Content bytes = Content.seeded(3, SIZE);
    Digest unlisted = blob.registry.blob("app", Algorithm.SHA512, bytes);
    blob.registry.onGet(BLOBS).once(TravelFaults.chunked().and(cutAt(HALF)));
    assertThat(blob.bench.read("up/app", unlisted))
        .isInstanceOfSatisfying(End.Whole.class, w -> assertThat(w.is(unlisted)).isTrue());
    assertThat(blob.gets()).hasSize(2);
  }

  @Test
  void silenceIsACut() {
    blob.close();
    blob = new CutBlob(folder.resolve("impatient"), BenchOptions.plain().impatient());
    blob.registry.onGet(BLOBS).once(TravelFaults.stallAt(HALF));
    blob.assertServed();
    assertThat(blob.gets()).hasSize(2);
  }

  @Test
  void anUpstreamThatFailsMeanwhileIsAskedAgain() {
    blob.registry.onGet(BLOBS).once(blob.cutAtHalf()).once(AnswerFaults.status(503));
    blob.assertServedAcrossTheCut();
  }

  @Test
  void readersFromBeforeAndWithinTheCutGetEveryByte() {
    Gate resume = new Gate();
    blob.registry.onGet(BLOBS).once(blob.cutAtHalf()).once(TravelFaults.holdHeaders(resume));
    Download before = await(blob.bench.download("up/app", blob.layer));
    blob.cut();
    resume.awaitHeld(1);
    Download within = await(blob.bench.download("up/app", blob.layer));
    resume.release();

    blob.assertWhole(before.end());
    blob.assertWhole(within.end());
    assertThat(blob.gets()).hasSize(2);
  }

  @Test
  void behindARedirectTheRangeIsAskedForToo() {
    blob.registry.redirectBlobs(Redirects.plain());
    blob.registry.onGet(CDN).once(blob.cutAtHalf());
    blob.assertServedAcrossTheCut();
    List<RecordedRequest> atCdn = blob.registry.requests("GET", CDN);
    assertThat(atCdn).hasSize(2);
    assertThat(atCdn.getLast().header("Range")).contains("bytes=" + HALF + '-');
  }
}

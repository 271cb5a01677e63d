package dev.sluice.fetcher.pull;

import static dev.sluice.fetcher.fake.FakeRegistry.BLOBS;
import static dev.sluice.fetcher.pull.Answers.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.BlobAnswer;
import dev.sluice.fetcher.Refused.Reason;
import dev.sluice.fetcher.fake.AnswerFaults;
import dev.sluice.fetcher.fake.Content;
import dev.sluice.fetcher.fake.FakeImage;
import dev.sluice.fetcher.fake.Gate;
import dev.sluice.fetcher.fake.TravelFaults;
import dev.sluice.storage.BlobLocation;
import dev.sluice.storage.Digest;
import dev.sluice.storage.Digest.Algorithm;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Blobs that come in well: one upstream GET, and every reader has its bytes as they come. */
class BlobTest {

  private static final int SIZE = 1_000_000;
  private static final Content BYTES = Content.seeded(7, SIZE);

  @TempDir Path folder;
  @AutoClose private Bench bench;
  private Digest layer;

  @BeforeEach
  void pullTheManifest() {
    bench = new Bench(folder);
    FakeImage image = bench.registry.image("app", "latest").layer(BYTES).push();
    layer = image.layer(0);
    bench.found("up/app", "latest");
    bench.registry.forgetRequests();
  }

  @Test
  void aHundredReadersCostOneDownload() {
    Gate gate = bench.registry.onGet(BLOBS).holdAt(300_000);
    List<CompletableFuture<Download>> readers = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      readers.add(bench.download("up/app", layer));
    }
    gate.awaitHeld(1);
    List<Download> begun = readers.stream().map(Answers::await).toList();
    gate.release();

    assertThat(begun).allSatisfy(reader -> assertWhole(reader.end()));
    assertThat(begun.stream().filter(reader -> reader.provenance().equals("MISS"))).hasSize(1);
    assertThat(begun.stream().filter(reader -> reader.provenance().equals("COALESCED")))
        .hasSize(99);
    assertThat(bench.registry.requests()).hasSize(1);
  }

  @Test
  void readersGetTheirBytesWhileTheFillIsHeldUp() {
    Gate gate = bench.registry.onGet(BLOBS).holdAt(300_000);

    Download first = await(bench.download("up/app", layer));
    Download second = await(bench.download("up/app", layer));

    assertThat(first.next(300_000)).isEqualTo(BYTES.slice(0, 300_000).toBytes());
    assertThat(second.next(300_000)).isEqualTo(BYTES.slice(0, 300_000).toBytes());
    assertThat(first.length()).hasValue(SIZE);
    assertThat(bench.store.incomplete()).hasSize(1);
    gate.release();
    assertThat(((Download.End.Whole) first.end()).bytes())
        .isEqualTo(BYTES.slice(300_000, SIZE - 300_000).toBytes());
    second.end();
    bench.drain();
    assertThat(bench.store.incomplete()).isEmpty();
  }

  @Test
  void theAnswerDoesNotWaitForTheBody() {
    Gate gate = bench.registry.onGet(BLOBS).holdAt(0);
    assertThat(bench.blob("up/app", layer, false))
        .isInstanceOfSatisfying(
            BlobAnswer.Found.class,
            found ->
                assertThat(found.location())
                    .isEqualTo(new BlobLocation.Growing(layer, OptionalLong.of(SIZE))));
    gate.release();
  }

  @Test
  void aStoredBlobNeedsNoUpstream() {
    assertWhole(bench.read("up/app", layer));
    bench.drain();
    bench.registry.close();
    Download again = await(bench.download("up/app", layer));
    assertThat(again.provenance()).isEqualTo("HIT");
    assertWhole(again.end());
  }

  @Test
  void aClientThatLeavesDoesNotStopTheFill() {
    Gate gate = bench.registry.onGet(BLOBS).holdAt(10);
    await(bench.download("up/app", layer)).leave();
    gate.release();
    bench.drain();
    assertThat(bench.store.blobs()).contains(layer.hex());
    assertWhole(bench.read("up/app", layer));
    assertThat(bench.registry.requests()).hasSize(1);
  }

  @Test
  void aBodyMayComeInChunksOrUntilTheConnectionCloses() {
    bench.registry.onGet(BLOBS).once(TravelFaults.chunked());
    assertWhole(bench.read("up/app", layer));
    Content other = Content.seeded(8, SIZE);
    for (var framing : List.of(TravelFaults.untilClose(), TravelFaults.chunked())) {
      Digest unlisted = bench.registry.blob("app", Algorithm.SHA512, other);
      bench.registry.behave();
      bench.registry.onGet(BLOBS).once(framing);
      Download unknownSize = await(bench.download("up/app", unlisted));
      assertThat(unknownSize.length()).isEmpty();
      assertThat(((Download.End.Whole) unknownSize.end()).is(unlisted)).isTrue();
      other = Content.seeded(9, SIZE);
    }
  }

  @Test
  void aBlobOfUnknownSizeMayBeWholeBeforeItsFirstReaderComes() {
    bench.registry.onGet(BLOBS).always(TravelFaults.chunked());
    for (int i = 1; i <= 20; i++) {
      Digest small = bench.registry.blob("app", Algorithm.SHA256, Content.seeded(i, i));
      assertThat(((Download.End.Whole) bench.read("up/app", small)).is(small)).isTrue();
    }
  }

  @Test
  void oddButHarmlessAnswersAreTaken() {
    bench.registry.onGet(BLOBS).once(TravelFaults.earlyHints(50));
    bench.registry.onGet(BLOBS).once(TravelFaults.smuggled("poison"));
    bench.registry.onGet(BLOBS).once(AnswerFaults.header("Content-Encoding", "identity"));
    assertWhole(bench.read("up/app", layer));
    FakeImage next = bench.registry.image("app", "next").layer(10).push();
    assertThat(bench.found("up/app", "next").manifest().digest()).isEqualTo(next.digest());
  }

  @Test
  void theEmptyBlobIsABlob() {
    Digest nothing = bench.registry.blob("app", Algorithm.SHA256, Content.EMPTY);
    for (int i = 0; i < 2; i++) {
      assertThat(bench.read("up/app", nothing))
          .isInstanceOfSatisfying(
              Download.End.Whole.class, whole -> assertThat(whole.bytes()).isEmpty());
      bench.drain();
    }
  }

  @Test
  void theHeadOfAnUncachedBlobBringsNothingIn() {
    Download head = bench.head("up/app", layer);

    assertThat(head.length()).hasValue(SIZE);
    assertThat(bench.registry.count("HEAD", BLOBS)).isEqualTo(1);
    assertThat(bench.registry.requests()).hasSize(1);
    assertThat(bench.store.blobs()).doesNotContain(layer.hex());
    Download get = await(bench.download("up/app", layer));
    assertThat(get.length()).isEqualTo(head.length());
    assertWhole(get.end());
    bench.drain();
    assertThat(bench.head("up/app", layer).length()).hasValue(SIZE);
  }

  @Test
  void aHeadThatUpstreamAnswersWithoutALengthHasTheListedOne() {
    bench.registry.onHead(BLOBS).once(TravelFaults.untilClose());
    assertThat(bench.blob("up/app", layer, true))
        .isEqualTo(new BlobAnswer.Upstream(OptionalLong.of(SIZE)));
  }

  @Test
  void whatUpstreamDoesNotHaveIsUnknown() {
    Digest other = Digest.sha256(new byte[] {1});
    for (boolean headOnly : new boolean[] {true, false}) {
      assertThat(Answers.refused(bench.blob("up/app", other, headOnly)).reason())
          .isEqualTo(Reason.BLOB_UNKNOWN);
    }
  }

  private void assertWhole(Download.End end) {
    assertThat(end)
        .isInstanceOfSatisfying(
            Download.End.Whole.class, whole -> assertThat(whole.is(layer)).isTrue());
  }
}

package dev.sluice.fetcher.pull;

import static dev.sluice.fetcher.fake.FakeRegistry.BLOBS;
import static dev.sluice.fetcher.pull.Answers.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.Refused;
import dev.sluice.fetcher.Refused.Reason;
import dev.sluice.fetcher.fake.AnswerFaults;
import dev.sluice.fetcher.fake.FakeImage;
import dev.sluice.fetcher.fake.Fault;
import dev.sluice.fetcher.fake.Gate;
import dev.sluice.fetcher.fake.TravelFaults;
import dev.sluice.fetcher.pull.Download.End;
import dev.sluice.storage.Digest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Blobs that are not what their name says: one clean retry, then a pause that grows. */
class WrongObjectTest {

  private static final int SIZE = 100_000;

  @TempDir Path folder;
  @AutoClose private Bench bench;
  private final Gate begun = new Gate();
  private FakeImage image;
  private Digest layer;

  @BeforeEach
  void pullTheManifest() {
    bench = new Bench(folder);
    image = bench.registry.image("app", "latest").layer(SIZE).layer(SIZE).push();
    layer = image.layer(0);
    bench.found("up/app", "latest");
  }

  @Test
  void aBlobThatIsAlwaysWrongCostsTwoGetsAStep() {
    bench.registry.onGet(layer.hex()).always(AnswerFaults.flipBitAt(SIZE / 2));
    long pause = 1;
    for (int step = 1; step <= 11; step++) {
      assertThat(bench.read("up/app", layer)).isNotInstanceOf(End.Whole.class);
      bench.drain();
      assertThat(gets()).isEqualTo(2 * step);
      assertThat(bench.fills.mismatches()).isEqualTo(2 * step);

      bench.clock.advance(Duration.ofSeconds(pause).minusMillis(1));
      assertLeftAlone(Duration.ofSeconds(1));
      assertThat(bench.registry.count("HEAD", BLOBS)).isZero();
      assertThat(gets()).isEqualTo(2 * step);
      bench.clock.advance(Duration.ofMillis(1));
      pause = Math.min(2 * pause, 300);
    }
    assertThat(bench.store.incomplete()).isEmpty();
  }

  private void assertLeftAlone(Duration left) {
    for (boolean headOnly : new boolean[] {true, false}) {
      Refused refused = Answers.refused(bench.blob("up/app", layer, headOnly));
      assertThat(refused.reason()).isEqualTo(Reason.UNAVAILABLE);
      assertThat(refused.retryAfter()).isEqualTo(left);
      assertThat(refused.message()).contains("sent something else");
    }
  }

  @Test
  void aBlobThatWasWrongOnceIsServedToTheNext() {
    bench.registry.onGet(layer.hex()).once(flippedUnderReaders());
    readFlipped();
    assertWhole(bench.read("up/app", layer));
    assertThat(gets()).isEqualTo(2);
  }

  @Test
  void whoComesWhileItIsAskedForOnceMoreWaitsForThat() {
    Gate gate = new Gate();
    bench
        .registry
        .onGet(layer.hex())
        .once(flippedUnderReaders())
        .once(TravelFaults.holdHeaders(gate));
    readFlipped();
    gate.awaitHeld(1);
    CompletableFuture<Download> next = bench.download("up/app", layer);
    bench.settle();
    gate.release();
    assertWhole(await(next).end());
    assertThat(gets()).isEqualTo(2);
  }

  @Test
  void whatIsSeenToBeWrongAtOnceIsAskedForOnceMoreForTheSameClient() {
    bench.registry.onGet(layer.hex()).once(AnswerFaults.resizedTo(SIZE + 1));
    assertWhole(bench.read("up/app", layer));
    assertThat(gets()).isEqualTo(2);
    assertThat(bench.fills.mismatches()).isEqualTo(1);
  }

  @Test
  void whatIsAlwaysSeenToBeWrongIsLeftAlone() {
    Digest unlisted = Digest.sha256(new byte[] {1});
    bench.registry.onGet(unlisted.hex()).always(AnswerFaults.html());
    for (int i = 0; i < 3; i++) {
      Refused refused = Answers.refused(bench.blob("up/app", unlisted, false));
      assertThat(refused.retryAfter()).isEqualTo(Duration.ofSeconds(1));
    }
    assertThat(bench.registry.count("GET", unlisted.hex())).isEqualTo(2);
  }

  @Test
  void otherBlobsAndRepositoriesAreNotLeftAlone() {
    bench.registry.image("other", "latest").layer(10).push();
    bench.registry.onGet("app/blobs/" + layer).always(AnswerFaults.flipBitAt(SIZE / 2));
    bench.read("up/app", layer);
    bench.drain();

    Digest next = image.layer(1);
    assertThat(bench.read("up/app", next))
        .isInstanceOfSatisfying(End.Whole.class, w -> assertThat(w.is(next)).isTrue());
    assertLeftAlone(Duration.ofSeconds(1));
  }

  @Test
  void theRightBytesEndThePause() {
    bench.registry.onGet(layer.hex()).times(2, AnswerFaults.flipBitAt(SIZE / 2));
    bench.read("up/app", layer);
    bench.drain();
    bench.clock.advance(Duration.ofSeconds(1));
    assertWhole(bench.read("up/app", layer));
    assertThat(gets()).isEqualTo(3);
  }

  /** Wrong bytes that do not end before they have a reader. */
  private Fault flippedUnderReaders() {
    return AnswerFaults.flipBitAt(SIZE / 2).and(TravelFaults.holdAt(10, begun));
  }

  private void readFlipped() {
    Download download = await(bench.download("up/app", layer));
    begun.release();
    assertThat(download.end()).isEqualTo(new End.Cut());
  }

  private int gets() {
    return bench.registry.count("GET", layer.hex());
  }

  private void assertWhole(End end) {
    assertThat(end).isInstanceOfSatisfying(End.Whole.class, w -> assertThat(w.is(layer)).isTrue());
  }
}

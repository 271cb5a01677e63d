package dev.sluice.fetcher.pull;

import static dev.sluice.fetcher.fake.FakeRegistry.BLOBS;
import static dev.sluice.fetcher.fake.FakeRegistry.MANIFESTS;
import static dev.sluice.fetcher.pull.Answers.await;
import static dev.sluice.fetcher.pull.ClusterBench.assertKept;
import static dev.sluice.fetcher.pull.ClusterBench.assertWhole;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.fake.AnswerFaults;
import dev.sluice.fetcher.fake.Content;
import dev.sluice.fetcher.fake.FakeImage;
import dev.sluice.fetcher.fake.Gate;
import dev.sluice.fetcher.fake.TravelFaults;
import dev.sluice.fetcher.pull.Download.End;
import dev.sluice.storage.Digest;
import dev.sluice.storage.Digest.Algorithm;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Upstream sends other bytes than asked for: no client of any node takes them for the right ones.
 */
class ClusterWrongBodyTest {

  @TempDir Path folder;
  @AutoClose private ClusterBench bench;

  @BeforeEach
  void open() {
    bench = new ClusterBench(folder);
  }

  private Digest blob(int size) {
    return bench.registry.blob("app", Algorithm.SHA256, Content.seeded(size, size));
  }

  private List<End> readEverywhere(Digest digest) {
    List<CompletableFuture<Download>> begun =
        bench.nodes.stream().flatMap(n -> n.download(5, "up/app", digest).stream()).toList();
    return begun.stream().map(download -> await(download).end()).toList();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 5_000, 1_000_000})
  void whatIsAlwaysWrongIsAskedForTwiceAndThenLeftAlone(int size) {
    Digest blob = blob(size);
    bench.registry.onGet(BLOBS).always(AnswerFaults.flipBitAt(size / 3));

    for (int i = 0; i < 3; i++) {
      assertThat(readEverywhere(blob)).noneMatch(End.Whole.class::isInstance);
    }

    bench.drain();
    assertThat(bench.registry.requests("GET", BLOBS)).hasSize(2);
    assertThat(bench.nodes)
        .allSatisfy(n -> assertThat(n.store.incomplete()).isEmpty())
        .noneMatch(node -> node.has(blob));
    bench.registry.behave();
    bench.clock.advance(Duration.ofSeconds(2));
    readEverywhere(blob).forEach(end -> assertWhole(end, blob));
    assertKept(bench.nodes, blob);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 5_000, 1_000_000})
  void whatIsWrongOnceIsRightTheSecondTime(int size) {
    Digest blob = blob(size);
    bench.registry.onGet(BLOBS).once(AnswerFaults.flipBitAt(size / 3));

    for (End end : readEverywhere(blob)) {
      if (end instanceof End.Whole) {
        assertWhole(end, blob);
      }
    }

    bench.drain();
    assertThat(bench.registry.requests("GET", BLOBS)).hasSize(2);
    readEverywhere(blob).forEach(end -> assertWhole(end, blob));
    assertKept(bench.nodes, blob);
    assertThat(bench.registry.requests("GET", BLOBS)).hasSize(2);
  }

  @Test
  void whoReadsAWrongBodyOnAnotherNodeIsCut() {
    int size = 1_000_000;
    Digest blob = blob(size);
    Gate gate = new Gate();
    bench
        .registry
        .onGet(BLOBS)
        .once(AnswerFaults.flipBitAt(5).and(TravelFaults.holdAt(size / 2, gate)));
    List<Reading> readings =
        bench.nodes.stream().map(node -> Reading.of(node, blob, size / 4)).toList();
    gate.release();

    readings.forEach(reading -> assertThat(reading.download().end()).isEqualTo(new End.Cut()));

    bench.drain();
    readEverywhere(blob).forEach(end -> assertWhole(end, blob));
    assertThat(bench.registry.requests("GET", BLOBS)).hasSize(2);
  }

  @Test
  void aManifestThatIsAlwaysWrongIsAskedForTwice() {
    FakeImage image = bench.registry.image("app", "latest").push();
    bench.registry.onGet(MANIFESTS).always(AnswerFaults.flipBitAt(5));
    for (int i = 0; i < 2; i++) {
      bench.nodes.forEach(node -> node.refused("up/app", image.digest()));
    }
    assertThat(bench.registry.requests("GET", MANIFESTS)).hasSize(2);
  }
}

package dev.sluice.fetcher.pull;

import static dev.sluice.fetcher.fake.FakeRegistry.BLOBS;
import static dev.sluice.fetcher.fake.TravelFaults.holdHeaders;
import static dev.sluice.fetcher.pull.Answers.await;
import static dev.sluice.fetcher.pull.ClusterBench.assertKept;
import static dev.sluice.fetcher.pull.ClusterBench.assertWhole;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.fake.AnswerFaults;
import dev.sluice.fetcher.fake.Gate;
import dev.sluice.fetcher.fake.TravelFaults;
import dev.sluice.fetcher.pull.Download.End;
import dev.sluice.storage.Digest;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An upstream that breaks off: its blobs are resumed by the owner, for readers on all nodes. */
@Timeout(60)
class ClusterCutTest {

  private static final int SIZE = 200_000;

  @TempDir Path folder;
  @AutoClose private ClusterBench bench;
  private Digest layer;

  @BeforeEach
  void open() {
    bench = new ClusterBench(folder);
    layer = bench.registry.image("app", "latest").layer(SIZE).push().layer(0);
  }

  private List<CompletableFuture<Download>> downloadEverywhere() {
    return bench.nodes.stream()
        .flatMap(node -> node.download(5, "up/app", layer).stream())
        .toList();
  }

  @Test
  void threeCutsAreMendedForAll() {
    bench.registry.onGet(BLOBS).times(3, TravelFaults.cutAt(SIZE / 8));
    downloadEverywhere().forEach(download -> assertWhole(await(download).end(), layer));
    assertThat(bench.registry.count("GET", BLOBS)).isEqualTo(4);
    assertKept(bench.nodes, layer);
  }

  @Test
  void anUpstreamThatAlwaysBreaksOffIsNotAskedForEver() {
    bench.registry.onGet(BLOBS).always(TravelFaults.cutAt(10));
    assertThat(bench.order(layer).getLast().read("up/app", layer)).isNotInstanceOf(End.Whole.class);
    bench.drain();
    assertThat(bench.registry.count("GET", BLOBS)).isLessThanOrEqualTo(8);
  }

  @Test
  void anUpstreamThatRefusesIsAskedOnceForAll() {
    Gate gate = new Gate();
    bench.registry.onGet(BLOBS).always(AnswerFaults.status(400).and(holdHeaders(gate)));
    List<CompletableFuture<Download>> begun = downloadEverywhere();
    gate.awaitHeld(1);
    bench.settle();
    gate.release();
    begun.forEach(download -> assertThat(await(download).end()).isInstanceOf(End.Refusal.class));
    assertThat(bench.registry.count("GET", BLOBS)).isEqualTo(1);
  }
}

package dev.sluice.fetcher.pull;

import static dev.sluice.fetcher.fake.FakeRegistry.BLOBS;
import static dev.sluice.fetcher.pull.Answers.await;
import static dev.sluice.fetcher.pull.ClusterBench.assertKept;
import static dev.sluice.fetcher.pull.ClusterBench.assertWhole;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.Refused.Reason;
import dev.sluice.fetcher.fake.Content;
import dev.sluice.fetcher.fake.FakeImage;
import dev.sluice.fetcher.fake.Gate;
import dev.sluice.fetcher.fake.TravelFaults;
import dev.sluice.fetcher.pull.Download.End;
import dev.sluice.storage.Digest;
import dev.sluice.storage.Digest.Algorithm;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Blobs that are asked for on three nodes: one goes upstream, and all have them afterwards. */
class ClusterBlobTest {

  private static final int SIZE = 500_000;
  private static final int CLIENTS = 20;

  @TempDir Path folder;
  @AutoClose private ClusterBench bench;
  private Digest layer;

  @BeforeEach
  void open() {
    bench = new ClusterBench(folder);
    FakeImage image = bench.registry.image("app", "latest").layer(SIZE).push();
    layer = image.layer(0);
  }

  private List<CompletableFuture<Download>> downloadEverywhere(Digest digest) {
    return bench.nodes.stream()
        .flatMap(node -> node.download(CLIENTS, "up/app", digest).stream())
        .toList();
  }

  private void assertKeptEverywhere(Digest digest) {
    assertKept(bench.nodes, digest);
  }

  @Test
  void manyClientsOfAllNodesCostOneDownload() {
    Gate gate = bench.registry.onGet(BLOBS).holdAt(SIZE / 2);

    List<CompletableFuture<Download>> begun = downloadEverywhere(layer);
    gate.awaitHeld(1);
    gate.release();

    begun.forEach(download -> assertWhole(await(download).end(), layer));
    assertThat(bench.registry.requests("GET", BLOBS)).hasSize(1);
    assertKeptEverywhere(layer);
  }

  @Test
  void manyClientsCostOneDownloadThoughUpstreamTakesItsTimeToAnswer() {
    Gate gate = bench.registry.onGet(BLOBS).holdHeaders();

    List<CompletableFuture<Download>> begun = downloadEverywhere(layer);
    gate.awaitHeld(1);
    gate.release();

    begun.forEach(download -> assertWhole(await(download).end(), layer));
    assertThat(bench.registry.requests("GET", BLOBS)).hasSize(1);
    assertKeptEverywhere(layer);
  }

  @Test
  void aBlobOfUnknownSizeTooIsDownloadedOnce() {
    Digest unlisted = bench.registry.blob("app", Algorithm.SHA512, Content.seeded(5, SIZE));
    bench.registry.onGet(BLOBS).always(TravelFaults.chunked());

    List<CompletableFuture<Download>> begun = downloadEverywhere(unlisted);

    begun.forEach(download -> assertWhole(await(download).end(), unlisted));
    assertThat(bench.registry.requests("GET", BLOBS)).hasSize(1);
    assertKeptEverywhere(unlisted);
  }

  @Test
  void theBytesComeWhileTheyGrow() {
    Gate gate = bench.registry.onGet(BLOBS).holdAt(SIZE / 2);
    ClusterNode follower = bench.order(layer).getLast();

    Download download = await(follower.download("up/app", layer));
    assertThat(download.next(SIZE / 2 - 1)).hasSize(SIZE / 2 - 1);
    assertThat(follower.has(layer)).isFalse();
    gate.release();

    assertThat(download.end()).isInstanceOf(End.Whole.class);
    assertThat(download.length()).hasValue(SIZE);
  }

  @Test
  void whatTheOwnerHasCostsNothingElsewhere() {
    List<ClusterNode> order = bench.order(layer);
    order.getFirst().read("up/app", layer);
    order.getFirst().drain();
    bench.registry.close();

    assertWhole(order.get(1).read("up/app", layer), layer);
    assertWhole(order.get(2).read("up/app", layer), layer);
    assertKeptEverywhere(layer);
  }

  @Test
  void aHeadIsAskedByTheOwnerAlone() {
    for (ClusterNode node : bench.nodes) {
      assertThat(node.head("up/app", layer).length()).hasValue(SIZE);
    }
    assertThat(bench.registry.count("GET", BLOBS)).isZero();
    assertThat(bench.registry.count("HEAD", BLOBS)).isEqualTo(3);
    List<ClusterNode> order = bench.order(layer);
    assertThat(order.getFirst().fills.heard()).isEqualTo(3);
  }

  @Test
  void whatUpstreamDoesNotHaveIsAskedForOnce() {
    Digest none = Digest.sha256(new byte[] {1, 2, 3});
    for (ClusterNode node : bench.nodes) {
      for (int i = 0; i < 3; i++) {
        assertThat(Answers.refused(node.blob("up/app", none, false)).reason())
            .isEqualTo(Reason.BLOB_UNKNOWN);
      }
    }
    assertThat(bench.registry.count("GET", BLOBS)).isEqualTo(1);
  }

  @Test
  void manyBlobsAreSharedAmongTheNodesAndDownloadedOnceEach() {
    List<Digest> layers =
        IntStream.range(0, 30)
            .mapToObj(
                i -> bench.registry.blob("app", Algorithm.SHA256, Content.seeded(100 + i, 20_000)))
            .toList();
    List<CompletableFuture<Download>> begun =
        layers.stream()
            .flatMap(digest -> bench.nodes.stream().map(node -> node.download("up/app", digest)))
            .toList();
    begun.forEach(download -> assertThat(await(download).end()).isInstanceOf(End.Whole.class));

    assertThat(bench.registry.requests("GET", BLOBS)).hasSize(30);
    layers.forEach(this::assertKeptEverywhere);
    assertThat(bench.nodes).allSatisfy(node -> assertThat(node.fills.heard()).isPositive());
  }
}

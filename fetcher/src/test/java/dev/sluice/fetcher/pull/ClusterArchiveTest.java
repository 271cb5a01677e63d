package dev.sluice.fetcher.pull;

import static dev.sluice.fetcher.fake.FakeRegistry.BLOBS;
import static dev.sluice.fetcher.pull.Answers.await;
import static dev.sluice.fetcher.pull.ClusterBench.assertKept;
import static dev.sluice.fetcher.pull.ClusterBench.assertWhole;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.Provenance;
import dev.sluice.fetcher.fake.FakeImage;
import dev.sluice.fetcher.fake.Gate;
import dev.sluice.storage.Digest;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three nodes with an archive in common: what any of them has filled, all have. */
class ClusterArchiveTest {

  private static final int SIZE = 200_000;

  @AutoClose private final FakeArchive archive = new FakeArchive();
  @AutoClose private final ClusterBench bench;
  private final FakeImage image;
  private final Digest layer;

  ClusterArchiveTest(@TempDir Path folder) {
    bench = new ClusterBench(folder, ClusterBench.PATIENT, archive);
    image = bench.registry.image("app", "latest").layer(SIZE).push();
    layer = image.layer(0);
  }

  @BeforeEach
  void forget() {
    archive.forgetAsked();
  }

  /** One node has pulled the image, the archive has it, and no disk has any of it. */
  private void archiveAll() {
    ClusterNode first = bench.order(layer).getFirst();
    first.found("up/app", "latest");
    assertWhole(first.read("up/app", layer), layer);
    bench.drain();
    for (ClusterNode node : bench.nodes) {
      for (Digest digest : List.of(layer, image.digest())) {
        if (node.has(digest)) {
          archive.takeFrom(node.store, digest);
        }
      }
    }
    archive.forgetAsked();
    bench.registry.forgetRequests();
  }

  @Test
  void withEmptyDisksAndNoUpstreamEveryNodeServesTheImage() {
    archiveAll();
    bench.registry.close();

    for (ClusterNode node : bench.nodes) {
      assertThat(node.found("up/app", "latest").provenance()).isEqualTo(Provenance.HIT);
      assertThat(node.found("up/app", image.digest()).provenance()).isEqualTo(Provenance.HIT);
      assertThat(node.head("up/app", layer).length()).hasValue(SIZE);
      assertWhole(node.read("up/app", layer), layer);
    }

    assertKept(bench.nodes, layer);
    assertKept(bench.nodes, image.digest());
    assertThat(bench.registry.requests()).isEmpty();
    // Each node for itself, the manifest and the layer.
    assertThat(archive.opened()).hasSize(6);
  }

  @Test
  void aTagThatIsDueIsServedStaleByEveryNode() {
    archiveAll();
    bench.registry.close();
    bench.clock.advance(Bench.POLICIES.checkIntervals().usual());

    for (ClusterNode node : bench.nodes) {
      var found = node.found("up/app", "latest");
      assertThat(found.manifest().digest()).isEqualTo(image.digest());
      assertThat(found.provenance()).isEqualTo(Provenance.STALE);
    }
    assertKept(bench.nodes, image.digest());
  }

  @Test
  void whatIsOnItsWayAtItsOwnerIsFollowedThere() {
    bench.nodes.forEach(node -> node.found("up/app", "latest"));
    Gate gate = bench.registry.onGet(BLOBS).holdAt(SIZE / 2);

    List<CompletableFuture<Download>> begun =
        bench.nodes.stream().flatMap(node -> node.download(5, "up/app", layer).stream()).toList();
    gate.awaitHeld(1);
    gate.release();

    begun.forEach(download -> assertWhole(await(download).end(), layer));
    assertThat(bench.registry.requests("GET", BLOBS)).hasSize(1);
    assertThat(archive.opened()).isEmpty();
    assertKept(bench.nodes, layer);
  }

  @Test
  void anArchiveThatGivesNothingLeavesTheOthers() {
    archiveAll();
    archive.is(FakeArchive.Mood.CLOSED);

    for (ClusterNode node : bench.nodes) {
      assertWhole(node.read("up/app", layer), layer);
    }

    assertThat(bench.registry.requests("GET", BLOBS)).hasSize(1);
    assertKept(bench.nodes, layer);
  }
}

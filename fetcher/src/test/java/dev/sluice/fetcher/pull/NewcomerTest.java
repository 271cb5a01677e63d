package dev.sluice.fetcher.pull;

import static dev.sluice.fetcher.fake.FakeRegistry.BLOBS;
import static dev.sluice.fetcher.pull.Answers.await;
import static dev.sluice.fetcher.pull.ClusterBench.assertKept;
import static dev.sluice.fetcher.pull.ClusterBench.assertWhole;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.BlobAnswer;
import dev.sluice.fetcher.ManifestAnswer;
import dev.sluice.fetcher.Provenance;
import dev.sluice.fetcher.fake.FakeImage;
import dev.sluice.fetcher.fake.Gate;
import dev.sluice.storage.Digest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node that has just come, with an empty folder, and owns what others have. */
class NewcomerTest {

  private static final int SIZE = 300_000;

  @TempDir Path folder;
  @AutoClose private ClusterBench bench;
  private FakeImage image;
  private Digest layer;

  @BeforeEach
  void open() {
    bench = new ClusterBench(folder);
    image = bench.registry.image("app", "latest").layer(SIZE).push();
    layer = image.layer(0);
  }

  /** The others pull something while this node is not there yet. */
  private void pulledBefore(ClusterNode newcomer, Object reference) {
    bench.hide(newcomer);
    ClusterNode other = bench.nodes.stream().filter(node -> node != newcomer).findAny().get();
    other.found("up/app", reference);
    other.read("up/app", layer);
    bench.drain();
    bench.registry.forgetRequests();
    bench.showAll();
  }

  @Test
  void itTakesABlobFromWhoHasIt() {
    ClusterNode newcomer = bench.order(layer).getFirst();
    pulledBefore(newcomer, "latest");

    bench.nodes.forEach(node -> assertWhole(node.read("up/app", layer), layer));

    assertKept(bench.nodes, layer);
    assertThat(bench.registry.requests()).isEmpty();
  }

  @Test
  void itTakesAManifestFromWhoHasIt() {
    ClusterNode newcomer = bench.order(image.digest()).getFirst();
    pulledBefore(newcomer, image.digest());

    bench.nodes.forEach(
        node ->
            assertThat(node.found("up/app", image.digest()).provenance())
                .isEqualTo(Provenance.HIT));

    assertKept(bench.nodes, image.digest());
    assertThat(bench.registry.requests()).isEmpty();
  }

  @Test
  void itKnowsTheTagsThatOthersKnow() {
    ClusterNode newcomer = bench.order("up/app", "latest").getFirst();
    pulledBefore(newcomer, "latest");

    for (ClusterNode node : bench.nodes) {
      ManifestAnswer.Found found = node.found("up/app", "latest");
      assertThat(found.manifest().digest()).isEqualTo(image.digest());
      assertThat(found.provenance()).isEqualTo(Provenance.HIT);
    }

    assertKept(bench.nodes, image.digest());
    assertThat(bench.registry.requests()).isEmpty();
  }

  @Test
  void itTellsTheSizeOfABlobThatAnotherHas() {
    ClusterNode newcomer = bench.order(layer).getFirst();
    pulledBefore(newcomer, "latest");

    assertThat(newcomer.head("up/app", layer).length()).hasValue(SIZE);

    assertThat(bench.registry.requests()).isEmpty();
  }

  @Test
  void itFollowsAFillThatWasBegunBeforeItCame() {
    ClusterNode newcomer = bench.order(layer).getFirst();
    ClusterNode former = bench.order(layer).get(1);
    bench.hide(newcomer);
    Gate gate = bench.registry.onGet(BLOBS).holdAt(SIZE / 2);
    CompletableFuture<Download> begun = former.download("up/app", layer);
    gate.awaitHeld(1);
    bench.showAll();

    Reading reading = Reading.of(newcomer, layer, SIZE / 4);
    gate.release();

    reading.assertEndsWell();
    assertWhole(await(begun).end(), layer);
    assertThat(bench.registry.count("GET", BLOBS)).isEqualTo(1);
    assertKept(List.of(newcomer, former), layer);
  }

  @Test
  void withoutUpstreamEveryNodeServesWhatAnyHas() {
    List<FakeImage> images = new ArrayList<>();
    for (ClusterNode node : bench.nodes) {
      // Each pulls an image on its own, so that none has another's.
      bench.isolate();
      FakeImage own = bench.registry.image("app", node.name).layer(SIZE).push();
      node.found("up/app", node.name);
      assertWhole(node.read("up/app", own.layer(0)), own.layer(0));
      images.add(own);
    }
    bench.drain();
    bench.showAll();
    bench.registry.close();
    bench.clock.advance(Duration.ofDays(2));

    for (ClusterNode node : bench.nodes) {
      for (int i = 0; i < images.size(); i++) {
        assertServed(node, bench.nodes.get(i).name, images.get(i));
      }
    }
  }

  private static void assertServed(ClusterNode node, String tag, FakeImage expected) {
    ManifestAnswer.Found stale = node.found("up/app", tag);
    assertThat(stale.manifest().digest()).isEqualTo(expected.digest());
    assertThat(stale.staleReason()).isPresent();
    assertThat(node.found("up/app", expected.digest()).provenance()).isEqualTo(Provenance.HIT);
    Digest layer = expected.layer(0);
    assertThat(node.head("up/app", layer).length()).hasValue(SIZE);
    assertWhole(node.read("up/app", layer), layer);
    node.drain();
    assertThat(node.blob("up/app", layer, false))
        .isInstanceOfSatisfying(
            BlobAnswer.Found.class,
            found -> assertThat(found.provenance()).isEqualTo(Provenance.HIT));
  }
}

package dev.sluice.fetcher.pull;

import static dev.sluice.fetcher.fake.FakeRegistry.BLOBS;
import static dev.sluice.fetcher.pull.ClusterBench.assertWhole;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.Refused.Reason;
import dev.sluice.fetcher.fake.Content;
import dev.sluice.fetcher.fake.FakeImage;
import dev.sluice.fetcher.fake.Gate;
import dev.sluice.fetcher.pull.Download.End;
import dev.sluice.storage.Digest;
import dev.sluice.storage.Digest.Algorithm;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a node has for one repository is served to another only once upstream has vouched for it.
 */
class ClusterAccessTest {

  private static final int SIZE = 200_000;
  private static final Content BYTES = Content.seeded(77, SIZE);
  private static final String OTHERS = "^/v2/other/";

  @TempDir Path folder;
  @AutoClose private ClusterBench bench;
  private FakeImage image;
  private Digest layer;

  @BeforeEach
  void open() {
    bench = new ClusterBench(folder);
    image = bench.registry.image("app", "latest").layer(BYTES).push();
    layer = image.layer(0);
    bench.registry.image("other", "latest").layer(10).push();
  }

  private void pullTo(ClusterNode node) {
    node.found("up/app", "latest");
    assertWhole(node.read("up/app", layer), layer);
    bench.drain();
  }

  private void assertNobodyGivesIt() {
    for (ClusterNode node : bench.nodes) {
      assertThat(node.read("up/other", layer))
          .isInstanceOfSatisfying(End.Refusal.class, no -> assertThat(no.status()).isEqualTo(404));
      assertThat(Answers.refused(node.blob("up/other", layer, true)).reason())
          .isEqualTo(Reason.BLOB_UNKNOWN);
    }
  }

  @Test
  void whatTheOwnerHasIsNotGivenToAnotherRepository() {
    pullTo(bench.order(layer).getFirst());
    assertNobodyGivesIt();
    assertThat(bench.registry.count("HEAD", OTHERS)).isEqualTo(1);
    assertThat(bench.registry.count("GET", OTHERS + "blobs/")).isZero();
  }

  @Test
  void whatAllHaveIsNotGivenToAnotherRepository() {
    bench.nodes.forEach(this::pullTo);
    assertNobodyGivesIt();
    assertThat(bench.registry.count("HEAD", OTHERS)).isLessThanOrEqualTo(3);
    assertThat(bench.registry.count("GET", OTHERS + "blobs/")).isZero();
  }

  @Test
  void whatOnlyAnotherNodeHasIsNotGivenEither() {
    // By a node that is alone, so that its owner has nothing.
    bench.isolate();
    pullTo(bench.order(layer).getLast());
    bench.showAll();
    assertNobodyGivesIt();
    assertThat(bench.registry.count("GET", BLOBS)).isEqualTo(1);
  }

  @Test
  void whatIsGrowingIsNotGivenEither() {
    Gate gate = bench.registry.onGet(BLOBS).holdAt(SIZE / 2);
    Reading reading = Reading.of(bench.order(layer).getLast(), layer, SIZE / 4);

    assertNobodyGivesIt();
    gate.release();

    reading.assertEndsWell();
    assertThat(bench.registry.count("GET", OTHERS + "blobs/")).isZero();
  }

  @Test
  void onceUpstreamHasVouchedNobodyAsksAgain() {
    bench.nodes.forEach(this::pullTo);
    bench.registry.blob("other", Algorithm.SHA256, BYTES);
    bench.nodes.forEach(node -> assertWhole(node.read("up/other", layer), layer));
    assertThat(bench.registry.count("HEAD", OTHERS)).isEqualTo(1);
    assertThat(bench.registry.count("GET", BLOBS)).isEqualTo(1);
  }

  @Test
  void aManifestOfOneRepositoryIsNotGivenToAnother() {
    bench.nodes.forEach(node -> node.found("up/app", "latest"));
    for (ClusterNode node : bench.nodes) {
      assertThat(node.refused("up/other", image.digest()).reason())
          .isEqualTo(Reason.MANIFEST_UNKNOWN);
    }
    assertThat(bench.registry.count("GET", OTHERS)).isEqualTo(1);
  }
}

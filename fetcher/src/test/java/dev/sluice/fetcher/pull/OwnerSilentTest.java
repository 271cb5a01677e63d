package dev.sluice.fetcher.pull;

import static dev.sluice.fetcher.fake.FakeRegistry.BLOBS;
import static dev.sluice.fetcher.fake.FakeRegistry.MANIFESTS;
import static dev.sluice.fetcher.pull.Answers.await;
import static dev.sluice.fetcher.pull.Answers.found;
import static dev.sluice.fetcher.pull.ClusterBench.assertKept;
import static dev.sluice.fetcher.pull.ClusterBench.assertWhole;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.ManifestAnswer;
import dev.sluice.fetcher.fake.FakeImage;
import dev.sluice.fetcher.fake.Gate;
import dev.sluice.fetcher.fake.TravelFaults;
import dev.sluice.storage.Archive;
import dev.sluice.storage.Digest;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An owner that is seen by all, and says nothing. */
class OwnerSilentTest {

  private static final int SIZE = 2_000_000;
  private static final int HALF = SIZE / 2;

  @TempDir Path folder;
  @AutoClose private ClusterBench bench;
  private FakeImage image;
  private Digest layer;

  @BeforeEach
  void open() {
    bench = new ClusterBench(folder, ClusterBench.IMPATIENT, Archive.NONE);
    image = bench.registry.image("app", "latest").layer(SIZE).push();
    layer = image.layer(0);
  }

  private static List<CompletableFuture<Download>> download(
      List<ClusterNode> nodes, Digest digest) {
    return nodes.stream().flatMap(node -> node.download(10, "up/app", digest).stream()).toList();
  }

  @Test
  void fromTheBeginningTheNextOneFetchesABlobForAll() {
    List<ClusterNode> order = bench.order(layer);
    order.getFirst().fallSilent();
    List<ClusterNode> others = order.subList(1, 3);

    download(others, layer).forEach(download -> assertWhole(await(download).end(), layer));

    assertKept(others, layer);
    assertThat(bench.registry.count("GET", BLOBS)).isEqualTo(1);
  }

  @Test
  void fromTheBeginningTheNextOneFetchesAManifestForAll() {
    List<ClusterNode> order = bench.order(image.digest());
    order.getFirst().fallSilent();
    assertFoundOnce(order.subList(1, 3), image.digest());
  }

  @Test
  void fromTheBeginningTheNextOneFetchesATagForAll() {
    List<ClusterNode> order = bench.order("up/app", "latest");
    order.getFirst().fallSilent();
    assertFoundOnce(order.subList(1, 3), "latest");
  }

  private void assertFoundOnce(List<ClusterNode> nodes, Object reference) {
    List<Future<ManifestAnswer>> asked =
        nodes.stream().flatMap(node -> node.ask(10, "up/app", reference).stream()).toList();
    asked.forEach(
        answer -> assertThat(found(await(answer)).manifest().digest()).isEqualTo(image.digest()));
    assertKept(nodes, image.digest());
    assertThat(bench.registry.count("GET", MANIFESTS)).isEqualTo(1);
  }

  @Test
  void fromTheMiddleOnTheOthersGoOnFromTheVeryByte() {
    List<ClusterNode> order = bench.order(layer);
    List<ClusterNode> others = order.subList(1, 3);
    bench.registry.onGet(BLOBS).once(TravelFaults.holdAt(HALF, new Gate()));
    List<Reading> readings = others.stream().map(node -> Reading.of(node, layer, HALF)).toList();

    order.getFirst().fallSilent();

    readings.forEach(Reading::assertEndsWell);
    assertKept(others, layer);
    assertThat(bench.registry.requests("GET", BLOBS)).hasSize(2);
    assertThat(bench.registry.requests("GET", BLOBS).getLast().header("Range"))
        .contains("bytes=" + HALF + '-');
  }

  @Test
  void whoAnswersButSendsNoByteIsPassedOver() {
    List<ClusterNode> order = bench.order(layer);
    order.getFirst().wire.die();
    List<ClusterNode> others = order.subList(1, 3);

    download(others, layer).forEach(download -> assertWhole(await(download).end(), layer));

    assertKept(others, layer);
    assertThat(bench.registry.count("GET", BLOBS)).isLessThanOrEqualTo(2);
  }

  @Test
  void whoWaitsForUpstreamHimselfIsWaitedFor() {
    Gate gate = bench.registry.onGet(BLOBS).holdAt(HALF);
    List<Reading> readings =
        bench.nodes.stream().map(node -> Reading.of(node, layer, HALF)).toList();
    bench.order(layer).getFirst().wire.awaitQuestions(6);
    gate.release();

    readings.forEach(Reading::assertEndsWell);
    assertThat(bench.registry.count("GET", BLOBS)).isEqualTo(1);
  }

  @Test
  void aSilentNodeThatOwnsNothingHoldsUpNobody() {
    List<ClusterNode> order = bench.order(layer);
    order.getLast().fallSilent();
    List<ClusterNode> others = order.subList(0, 2);

    Stream.of(download(others, layer))
        .flatMap(List::stream)
        .forEach(download -> assertWhole(await(download).end(), layer));

    assertThat(bench.registry.count("GET", BLOBS)).isEqualTo(1);
  }
}

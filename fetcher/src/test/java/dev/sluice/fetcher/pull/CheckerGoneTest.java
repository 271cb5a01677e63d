package dev.sluice.fetcher.pull;

import static dev.sluice.fetcher.fake.FakeRegistry.MANIFESTS;
import static dev.sluice.fetcher.pull.Answers.await;
import static dev.sluice.fetcher.pull.Answers.found;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.ManifestAnswer;
import dev.sluice.fetcher.fake.FakeImage;
import dev.sluice.fetcher.fake.Gate;
import dev.sluice.fetcher.fake.TravelFaults;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The owner of a manifest or tag is killed while it asks upstream: the next one asks once more. */
class CheckerGoneTest {

  @TempDir Path folder;
  @AutoClose private ClusterBench bench;
  private FakeImage image;

  @BeforeEach
  void open() {
    bench = new ClusterBench(folder);
    image = bench.registry.image("app", "latest").layer(10).push();
  }

  private void assertFoundThoughKilled(List<ClusterNode> order, Gate gate, Object reference) {
    List<Future<ManifestAnswer>> asked =
        order.subList(1, 3).stream()
            .flatMap(node -> node.ask(10, "up/app", reference).stream())
            .toList();
    gate.awaitHeld(1);
    order.getFirst().kill();
    asked.forEach(
        answer -> assertThat(found(await(answer)).manifest().digest()).isEqualTo(image.digest()));
  }

  @Test
  void ofAManifest() {
    Gate gate = new Gate();
    bench.registry.onGet(MANIFESTS).once(TravelFaults.holdHeaders(gate));
    assertFoundThoughKilled(bench.order(image.digest()), gate, image.digest());
    assertThat(bench.registry.count("GET", MANIFESTS)).isEqualTo(2);
  }

  @Test
  void ofATagThatNobodyKnows() {
    Gate gate = new Gate();
    bench.registry.onGet(MANIFESTS).once(TravelFaults.holdHeaders(gate));
    assertFoundThoughKilled(bench.order("up/app", "latest"), gate, "latest");
    assertThat(bench.registry.count("GET", MANIFESTS)).isEqualTo(2);
  }

  @Test
  void ofADueTag() {
    bench.nodes.forEach(node -> node.found("up/app", "latest"));
    bench.clock.advance(Bench.POLICIES.checkIntervals().usual());
    Gate gate = new Gate();
    bench.registry.onHead(MANIFESTS).once(TravelFaults.holdHeaders(gate));
    assertFoundThoughKilled(bench.order("up/app", "latest"), gate, "latest");
    assertThat(bench.registry.count("HEAD", MANIFESTS)).isEqualTo(2);
  }
}

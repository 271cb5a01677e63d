package dev.sluice.fetcher.pull;

import static dev.sluice.fetcher.pull.Answers.await;
import static dev.sluice.fetcher.pull.Answers.found;
import static dev.sluice.fetcher.pull.ClusterBench.assertWhole;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.ManifestAnswer;
import dev.sluice.fetcher.fake.FakeImage;
import dev.sluice.fetcher.fake.FakeRegistry;
import dev.sluice.fetcher.fake.Gate;
import dev.sluice.metadata.Reference.Tag;
import dev.sluice.metadata.RepositoryName;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An owner hears of a change, such as a tag that moved, while it fetches something for a node that
 * knew of it before: nobody is refused for that.
 */
class OwnerOvertakenTest {

  @TempDir Path folder;
  @AutoClose private ClusterBench bench;
  private FakeImage image;

  @BeforeEach
  void open() {
    bench = new ClusterBench(folder);
    image = bench.registry.image("app", "latest").layer(50_000).push();
  }

  private static void hears(ClusterNode owner) {
    owner.fetcher.heard().tag(new RepositoryName("up/app"), new Tag("other"));
    owner.settle();
  }

  private void assertFound(ClusterNode owner, ClusterNode asked, Object reference) {
    Gate gate = bench.registry.onGet(FakeRegistry.MANIFESTS).holdHeaders();
    Future<ManifestAnswer> answer = asked.ask("up/app", reference);
    gate.awaitHeld(1);
    hears(owner);
    gate.release();
    assertThat(found(await(answer)).manifest().digest()).isEqualTo(image.digest());
  }

  @Test
  void ofAManifest() {
    var order = bench.order(image.digest());
    assertFound(order.getFirst(), order.getLast(), image.digest());
  }

  @Test
  void ofATag() {
    var order = bench.order("up/app", "latest");
    assertFound(order.getFirst(), order.getLast(), "latest");
  }

  @Test
  void ofABlob() {
    var order = bench.order(image.layer(0));
    Gate gate = bench.registry.onGet(FakeRegistry.BLOBS).holdHeaders();
    CompletableFuture<Download> download = order.getLast().download("up/app", image.layer(0));
    gate.awaitHeld(1);
    hears(order.getFirst());
    gate.release();
    assertWhole(await(download).end(), image.layer(0));
  }
}

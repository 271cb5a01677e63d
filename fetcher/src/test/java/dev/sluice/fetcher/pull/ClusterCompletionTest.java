package dev.sluice.fetcher.pull;

import static dev.sluice.fetcher.pull.Answers.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.ManifestAnswer;
import dev.sluice.fetcher.fake.FakeImage;
import dev.sluice.fetcher.fake.FakeIndex;
import dev.sluice.metadata.Platforms;
import dev.sluice.storage.Digest;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The children of an index are brought in by the node that owns each. */
class ClusterCompletionTest {

  @TempDir Path folder;
  @AutoClose private ClusterBench bench;
  private FakeIndex index;
  private ClusterNode silent;

  @BeforeEach
  void open() {
    bench = new ClusterBench(folder);
    bench.use(bench.rule("up", Bench.POLICIES.with(new Platforms.All())));
    index =
        bench
            .registry
            .index("app", "latest")
            .platform("linux/amd64", 1000, 20_000)
            .platform("linux/arm64/v8", 1000, 20_000)
            .platform("linux/arm/v7", 1000, 20_000)
            .platform("windows/amd64", 1000, 20_000)
            .push();
  }

  private List<Digest> blobs() {
    return index.children().values().stream()
        .flatMap(child -> Stream.of(child.layer(0), child.layer(1), child.config().digest()))
        .toList();
  }

  /** The first that can be asked for it. */
  private ClusterNode owner(Digest digest) {
    return bench.order(digest).stream().filter(node -> node != silent).findFirst().orElseThrow();
  }

  private void awaitCompleted() {
    Map<ClusterNode, Long> owned =
        blobs().stream()
            .map(this::owner)
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    owned.forEach((owner, count) -> owner.fills.await(count.intValue()));
    owned.keySet().forEach(ClusterNode::settle);
  }

  private void assertEachIsAskedForOnceAndAtItsOwner() {
    for (Digest blob : blobs()) {
      assertThat(owner(blob).has(blob)).isTrue();
      assertThat(bench.registry.requests("GET", blob.hex())).hasSize(1);
    }
    for (FakeImage child : index.children().values()) {
      assertThat(bench.registry.requests("GET", child.digest().hex())).hasSize(1);
      assertThat(owner(child.digest()).has(child.digest())).isTrue();
    }
  }

  @Test
  void anIndexByTagIsCompletedOnce() {
    bench.order("up/app", "latest").getLast().found("up/app", "latest");
    awaitCompleted();
    assertEachIsAskedForOnceAndAtItsOwner();
    assertThat(bench.registry.count("GET", "/manifests/latest")).isEqualTo(1);
  }

  @Test
  void anIndexByDigestIsCompletedOnce() {
    bench.order(index.digest()).getLast().found("up/app", index.digest());
    awaitCompleted();
    assertEachIsAskedForOnceAndAtItsOwner();
  }

  @Test
  void itIsCompletedOnceThoughAllNodesAreAskedForItAgainAndAgain() {
    List<Future<ManifestAnswer>> asked =
        bench.nodes.stream()
            .flatMap(
                node ->
                    Stream.concat(
                        node.ask(10, "up/app", "latest").stream(),
                        node.ask(10, "up/app", index.digest()).stream()))
            .toList();
    asked.forEach(answer -> Answers.found(await(answer)));
    for (int i = 0; i < 5; i++) {
      bench.nodes.forEach(node -> node.found("up/app", "latest"));
    }
    awaitCompleted();
    bench.nodes.forEach(node -> node.found("up/app", "latest"));
    bench.settle();
    bench.registry.awaitIdle();
    assertEachIsAskedForOnceAndAtItsOwner();
  }

  @Test
  void whatASilentNodeOwnsIsCompletedByAnother() {
    silent = bench.order(blobs().getFirst()).getFirst();
    silent.fallSilent();

    bench.nodes.stream()
        .filter(node -> node != silent)
        .findAny()
        .orElseThrow()
        .found("up/app", "latest");

    awaitCompleted();
    for (Digest blob : blobs()) {
      assertThat(owner(blob).has(blob)).isTrue();
      assertThat(bench.registry.requests("GET", blob.hex())).hasSize(1);
    }
  }
}

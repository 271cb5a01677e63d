package dev.sluice.fetcher.pull;

import static dev.sluice.fetcher.pull.Answers.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.WarmUp;
import dev.sluice.fetcher.WarmUp.State;
import dev.sluice.fetcher.WarmUps;
import dev.sluice.fetcher.fake.FakeIndex;
import dev.sluice.fetcher.fake.FakeRegistry;
import dev.sluice.fetcher.fake.Gate;
import dev.sluice.fetcher.fake.TravelFaults;
import dev.sluice.storage.Digest;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One node is asked for a warm-up; each blob is brought in by its owner. */
class ClusterWarmUpTest {

  @TempDir Path folder;
  @AutoClose private ClusterBench bench;
  private FakeIndex index;

  @BeforeEach
  void open() {
    bench = new ClusterBench(folder);
    index =
        bench
            .registry
            .index("app", "latest")
            .platform("linux/amd64", 1000, 20_000)
            .platform("linux/arm64/v8", 1000, 20_000)
            .push();
  }

  private List<Digest> blobs() {
    return index.children().values().stream()
        .flatMap(child -> Stream.of(child.layer(0), child.layer(1), child.config().digest()))
        .toList();
  }

  @Test
  void everyBlobIsAskedForOnceAndAtItsOwner() {
    ClusterNode asked = bench.order("up/app", "latest").getLast();

    var ended = new Warming(asked.fetcher.warmUps()).warm("up/app");

    assertThat(ended.failures()).isEmpty();
    assertThat(ended.arrived().blobs()).isEqualTo(blobs().size());
    for (Digest blob : blobs()) {
      assertThat(bench.order(blob).getFirst().has(blob)).isTrue();
      assertThat(bench.registry.requests("GET", blob.hex())).hasSize(1);
    }
  }

  @Test
  void whatOneNodeHasWarmedUpAnotherSkips() {
    new Warming(bench.nodes.getFirst().fetcher.warmUps()).warm("up/app");
    bench.registry.forgetRequests();

    var ended = new Warming(bench.nodes.getLast().fetcher.warmUps()).warm("up/app");

    assertThat(ended.failures()).isEmpty();
    assertThat(bench.registry.requests()).isEmpty();
  }

  @Test
  void everyNodeKnowsIt() {
    WarmUps asked = bench.nodes.getFirst().fetcher.warmUps();
    String id = new Warming(asked).begin(List.of("all"), "up/app");

    Warming elsewhere = new Warming(bench.nodes.getLast().fetcher.warmUps());
    assertThat(elsewhere.ended(id)).isEqualTo(new Warming(asked).now(id));
    assertThat(await(elsewhere.warmUps().all())).extracting(WarmUp::id).containsExactly(id);
    assertThat(await(elsewhere.warmUps().find("another"))).isEmpty();
  }

  @Test
  void anyNodeCanEndIt() {
    Gate gate = new Gate();
    bench.registry.onGet(FakeRegistry.BLOBS).always(TravelFaults.holdAt(0, gate));
    Warming asked = new Warming(bench.nodes.getFirst().fetcher.warmUps());
    String id = asked.begin(List.of("all"), "up/app");

    Warming elsewhere = new Warming(bench.nodes.getLast().fetcher.warmUps());
    assertThat(elsewhere.cancel(id).state()).isEqualTo(State.CANCELLED);

    assertThat(asked.now(id).state()).isEqualTo(State.CANCELLED);
    gate.release();
  }

  @Test
  void aNodeThatIsGoneTakesItsOwnAlong() {
    ClusterNode gone = bench.nodes.getFirst();
    new Warming(gone.fetcher.warmUps()).warm("up/app");
    Warming others = new Warming(bench.nodes.getLast().fetcher.warmUps());
    String id = others.begin(List.of("all"), "up/app");

    gone.kill();

    assertThat(await(others.warmUps().all())).extracting(WarmUp::id).containsExactly(id);
  }

  @Test
  void aBlobThatItsOwnerCannotHaveIsAFailureHere() {
    Digest missing = blobs().getFirst();
    bench.registry.delete("app", missing);
    ClusterNode asked = bench.order(missing).getLast();

    var ended = new Warming(asked.fetcher.warmUps()).warm("up/app");

    assertThat(ended.failures()).singleElement().asString().contains(missing.toString());
  }
}

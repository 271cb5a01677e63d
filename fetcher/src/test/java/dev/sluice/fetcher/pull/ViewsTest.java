package dev.sluice.fetcher.pull;

import static dev.sluice.fetcher.fake.FakeRegistry.MANIFESTS;
import static dev.sluice.fetcher.pull.Answers.await;
import static dev.sluice.fetcher.pull.Answers.found;
import static dev.sluice.fetcher.pull.ClusterBench.assertWhole;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.ManifestAnswer;
import dev.sluice.fetcher.fake.Content;
import dev.sluice.fetcher.fake.FakeImage;
import dev.sluice.fetcher.fake.TravelFaults;
import dev.sluice.fetcher.pull.Download.End;
import dev.sluice.storage.Digest;
import dev.sluice.storage.Digest.Algorithm;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Nodes that do not agree on who lives: nobody waits for ever, and everybody gets every byte. */
@Timeout(120)
class ViewsTest {

  private static final int SIZE = 150_000;

  /** Each of three nodes sees or does not see each of two others. */
  private static final int ALL_VIEWS = 1 << 6;

  @TempDir Path folder;
  @AutoClose private ClusterBench bench;

  @BeforeEach
  void open() {
    bench = new ClusterBench(folder);
  }

  /** Who sees whom, a bit for each. */
  private void see(int views) {
    int bit = 0;
    for (ClusterNode node : bench.nodes) {
      Set<String> unseen = new HashSet<>();
      for (ClusterNode other : bench.nodes) {
        if (other != node && (views >> bit++ & 1) == 0) {
          unseen.add(other.name);
        }
      }
      bench.neighbourhood.blind(node.name, unseen);
    }
  }

  private Digest blob(long seed) {
    return bench.registry.blob("app", Algorithm.SHA256, Content.seeded(seed, SIZE));
  }

  @Test
  void whoeverSeesWhomAllBlobsComeToAll() {
    for (int views = 0; views < ALL_VIEWS; views++) {
      see(views);
      Digest blob = blob(views);
      List<CompletableFuture<Download>> begun =
          bench.nodes.stream()
              .flatMap(n -> Stream.of(n.download("up/app", blob), n.download("up/app", blob)))
              .toList();
      begun.forEach(download -> assertWhole(await(download).end(), blob));
      assertThat(bench.registry.count("GET", blob.hex())).isBetween(1, 3);
    }
    bench.drain();
  }

  @Test
  void whoeverSeesWhomAllManifestsAndTagsComeToAll() {
    for (int views = 0; views < ALL_VIEWS; views++) {
      see(views);
      String tag = "t" + views;
      FakeImage image = bench.registry.image("app", tag).layer(10).push();
      for (Object reference : List.of(tag, image.digest())) {
        List<Future<ManifestAnswer>> asked =
            bench.nodes.stream()
                .flatMap(n -> Stream.of(n.ask("up/app", reference), n.ask("up/app", reference)))
                .toList();
        asked.forEach(
            answer ->
                assertThat(found(await(answer)).manifest().digest()).isEqualTo(image.digest()));
      }
      assertThat(bench.registry.count("GET", MANIFESTS + tag + "$")).isBetween(1, 3);
    }
  }

  /** The seed is in the message of whatever fails. */
  @Test
  void viewsThatChangeWhileBlobsComeInAndBreakOffCostNoByte() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int round = 0; round < 60; round++) {
      Digest blob = blob(1000 + round);
      for (int i = random.nextInt(3); i > 0; i--) {
        bench.registry.onGet(blob.hex()).once(TravelFaults.cutAt(random.nextInt(SIZE)));
      }
      see(random.nextInt(ALL_VIEWS));
      List<CompletableFuture<Download>> begun = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        begun.add(bench.nodes.get(random.nextInt(3)).download("up/app", blob));
        see(random.nextInt(ALL_VIEWS));
      }
      String what = "seed " + seed + ", round " + round;
      for (CompletableFuture<Download> download : begun) {
        End end = await(download).end();
        assertThat(end).as(what).isInstanceOf(End.Whole.class);
        assertWhole(end, blob);
      }
      assertThat(bench.registry.count("GET", blob.hex())).as(what).isBetween(1, 5);
    }
    see(ALL_VIEWS - 1);
    bench.drain();
    assertThat(bench.nodes).allSatisfy(n -> assertThat(n.store.incomplete()).isEmpty());
  }
}

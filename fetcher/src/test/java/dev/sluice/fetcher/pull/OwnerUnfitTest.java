package dev.sluice.fetcher.pull;

import static dev.sluice.fetcher.fake.FakeRegistry.BLOBS;
import static dev.sluice.fetcher.fake.FakeRegistry.MANIFESTS;
import static dev.sluice.fetcher.pull.Answers.await;
import static dev.sluice.fetcher.pull.ClusterBench.assertKept;
import static dev.sluice.fetcher.pull.ClusterBench.assertWhole;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.fake.FakeImage;
import dev.sluice.fetcher.fake.Gate;
import dev.sluice.fetcher.fake.RecordedRequest;
import dev.sluice.fetcher.fake.TravelFaults;
import dev.sluice.fetcher.pull.Download.End;
import dev.sluice.metadata.Rule;
import dev.sluice.storage.Digest;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An owner that answers, but is of no use: the next one takes its place. */
class OwnerUnfitTest {

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

  private void assertTheOthersHaveIt() {
    List<ClusterNode> others = bench.order(layer).subList(1, 3);
    List<CompletableFuture<Download>> begun =
        others.stream().flatMap(node -> node.download(10, "up/app", layer).stream()).toList();
    begun.forEach(download -> assertWhole(await(download).end(), layer));
    assertKept(others, layer);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\0\1\2",
        "null",
        "[]",
        "{}",
        "{\"v\":9,\"is\":\"elsewhere\"}",
        "{\"v\":1,\"is\":\"located\"}",
        "{\"v\":1,\"is\":\"located\",\"hold\":\"PERHAPS\"}",
        "{\"v\":1,\"is\":\"no\",\"why\":{}}"
      })
  void whatItSaysMakesNoSense(String answer) {
    bench.neighbourhood.speak(
        bench.order(layer).getFirst().name,
        question -> Future.succeededFuture(Buffer.buffer(answer)));

    assertTheOthersHaveIt();

    assertThat(bench.registry.count("GET", BLOBS)).isEqualTo(1);
  }

  @Test
  void itSaysThatItHasABlobThatItDoesNotHave() {
    String answer = "{\"v\":1,\"is\":\"located\",\"hold\":\"WHOLE\",\"size\":7}";
    bench.neighbourhood.speak(
        bench.order(layer).getFirst().name,
        question -> Future.succeededFuture(Buffer.buffer(answer)));

    assertTheOthersHaveIt();

    assertThat(bench.registry.count("GET", BLOBS)).isEqualTo(1);
  }

  @Test
  void itsAnswersFail() {
    bench.neighbourhood.speak(
        bench.order(layer).getFirst().name, question -> Future.failedFuture("it is starting"));
    assertTheOthersHaveIt();
    assertThat(bench.registry.count("GET", BLOBS)).isEqualTo(1);
  }

  @Test
  void itsDiskIsFull() {
    ClusterNode owner = bench.order(layer).getFirst();
    owner.disk.fill();

    assertTheOthersHaveIt();

    // Whoever asks it has it try once.
    assertThat(bench.registry.count("GET", BLOBS)).isBetween(2, 3);
    assertThat(owner.read("up/app", layer)).isInstanceOf(End.Whole.class);
    assertThat(owner.blobs.find(layer)).isEmpty();
  }

  @Test
  void itsDiskBecomesFullInTheMiddle() {
    List<ClusterNode> order = bench.order(layer);
    Gate gate = new Gate();
    bench.registry.onGet(BLOBS).once(TravelFaults.holdAt(SIZE / 2, gate));
    List<Reading> readings =
        order.subList(1, 3).stream().map(node -> Reading.of(node, layer, SIZE / 2)).toList();

    order.getFirst().disk.fill();
    gate.release();

    readings.forEach(Reading::assertEndsWell);
    assertKept(order.subList(1, 3), layer);
    // Whoever asks the owner again has it try once more, before the next one goes on.
    List<RecordedRequest> gets = bench.registry.requests("GET", BLOBS);
    assertThat(gets).hasSizeBetween(3, 4);
    assertThat(gets.stream().flatMap(get -> get.header("Range").stream()))
        .containsExactly("bytes=" + SIZE / 2 + '-');
  }

  @Test
  void itsDiskIsFullForManifestsToo() {
    List<ClusterNode> byTag = bench.order("up/app", "latest");
    byTag.getFirst().disk.fill();
    byTag.subList(1, 3).forEach(node -> node.found("up/app", "latest"));
    assertKept(byTag.subList(1, 3), image.digest());
    // It keeps a manifest in memory for as long as it can keep it nowhere else.
    assertThat(bench.registry.count("GET", MANIFESTS)).isEqualTo(1);
  }

  @Test
  void itHasNoSuchRule() {
    bench.use(bench.order(layer).getFirst());
    assertTheOthersHaveIt();
    assertThat(bench.registry.count("GET", BLOBS)).isEqualTo(1);
  }

  @Test
  void itsRuleGoesElsewhere() {
    ClusterNode owner = bench.order(layer).getFirst();
    Rule ours = bench.rule("up", Bench.POLICIES);
    Rule other =
        new Rule(
            ours.prefix(),
            ours.upstream(),
            Optional.of("elsewhere"),
            ours.endpoint(),
            ours.credentials(),
            ours.tokenRealms(),
            ours.policies());
    bench.use(owner, other);
    assertTheOthersHaveIt();
    assertThat(bench.registry.count("GET", BLOBS)).isEqualTo(1);
  }
}

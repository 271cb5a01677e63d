package dev.sluice.fetcher.pull;

import static dev.sluice.fetcher.fake.FakeRegistry.BLOBS;
import static dev.sluice.fetcher.pull.Answers.await;
import static dev.sluice.fetcher.pull.ClusterBench.assertKept;
import static dev.sluice.fetcher.pull.ClusterBench.assertWhole;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.fake.Gate;
import dev.sluice.fetcher.fake.RecordedRequest;
import dev.sluice.fetcher.fake.TravelFaults;
import dev.sluice.fetcher.peers.AnswerForm;
import dev.sluice.fetcher.peers.PeerAnswer.Hold;
import dev.sluice.fetcher.peers.PeerAnswer.Located;
import dev.sluice.fetcher.peers.PeerQuestion.Has;
import dev.sluice.fetcher.peers.QuestionForm;
import dev.sluice.storage.Digest;
import io.vertx.core.buffer.Buffer;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The owner of a blob is killed while it fills: the others go on, and no client notices. */
@Timeout(60)
class OwnerGoneTest {

  private static final int SIZE = 2_000_000;
  private static final int HALF = SIZE / 2;

  @TempDir Path folder;
  @AutoClose private ClusterBench bench;
  private Digest layer;
  private ClusterNode owner;
  private ClusterNode second;
  private ClusterNode third;

  @BeforeEach
  void open() {
    bench = new ClusterBench(folder);
    layer = bench.registry.image("app", "latest").layer(SIZE).push().layer(0);
    List<ClusterNode> order = bench.order(layer);
    owner = order.get(0);
    second = order.get(1);
    third = order.get(2);
  }

  private List<RecordedRequest> gets() {
    return bench.registry.requests("GET", BLOBS);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 70_000, HALF, SIZE - 1})
  void theOthersGoOnFromWhereItBrokeOff(int at) {
    Gate gate = new Gate();
    bench.registry.onGet(BLOBS).once(TravelFaults.holdAt(at, gate));
    Reading one = Reading.of(second, layer, at);
    Reading other = Reading.of(third, layer, at);
    List<CompletableFuture<Download>> more =
        Stream.of(second, third).flatMap(n -> n.download(10, "up/app", layer).stream()).toList();

    owner.kill();

    one.assertEndsWell();
    other.assertEndsWell();
    more.forEach(download -> assertWhole(await(download).end(), layer));
    assertKept(List.of(second, third), layer);
    assertThat(gets()).hasSize(2);
    assertThat(gets().getLast().header("Range")).contains("bytes=" + at + '-');
    assertThat(second.fills.heard()).isEqualTo(1);
    assertThat(third.fills.heard()).isZero();
  }

  @Test
  void whoFollowedAloneGoesOnByItself() {
    Gate gate = new Gate();
    bench.registry.onGet(BLOBS).once(TravelFaults.holdAt(HALF, gate));
    Reading reading = Reading.of(second, layer, HALF);

    owner.kill();

    reading.assertEndsWell();
    assertThat(gets()).hasSize(2);
    assertThat(gets().getLast().header("Range")).contains("bytes=" + HALF + '-');
  }

  @Test
  void theNextOwnerBeginsAnewWhereItHadNothing() {
    Gate gate = new Gate();
    bench.registry.onGet(BLOBS).once(TravelFaults.holdAt(HALF, gate));
    Reading reading = Reading.of(third, layer, HALF);

    owner.kill();

    reading.assertEndsWell();
    assertKept(List.of(second, third), layer);
    assertThat(gets()).hasSize(2);
  }

  @Test
  void twoOwnersInARowMayBeKilled() {
    Gate first = new Gate();
    Gate then = new Gate();
    bench
        .registry
        .onGet(BLOBS)
        .once(TravelFaults.holdAt(HALF / 2, first))
        .once(TravelFaults.holdAt(HALF / 2, then));
    Reading reading = Reading.of(third, layer, HALF / 2);
    await(second.download("up/app", layer)).next(HALF / 2);

    owner.kill();
    then.awaitHeld(1);
    second.kill();

    reading.assertEndsWell();
    assertThat(gets()).hasSize(3);
    assertKept(List.of(third), layer);
  }

  @Test
  void aBlobOfUnknownSizeGoesOnToo() {
    Gate gate = new Gate();
    bench
        .registry
        .onGet(BLOBS)
        .once(TravelFaults.holdAt(HALF, gate).and(TravelFaults.chunked()))
        .always(TravelFaults.chunked());
    Reading one = Reading.of(second, layer, HALF);
    Reading other = Reading.of(third, layer, HALF);

    owner.kill();

    one.assertEndsWell();
    other.assertEndsWell();
    assertThat(gets()).hasSize(2);
    assertKept(List.of(second, third), layer);
  }

  @Test
  void nobodyFollowsWhoFollowsItself() {
    bench.registry.onGet(BLOBS).once(TravelFaults.holdAt(HALF, new Gate()));
    Reading one = Reading.of(second, layer, HALF);
    Reading other = Reading.of(third, layer, HALF);
    // It was fetching from upstream when it was asked, and began to follow a moment later.
    Buffer fetching = AnswerForm.write(new Located(OptionalLong.of(SIZE), Hold.FILLING));
    bench.neighbourhood.lieOnce(
        third.name, asked -> QuestionForm.read(asked).get() instanceof Has, fetching);

    owner.kill();

    one.assertEndsWell();
    other.assertEndsWell();
    assertThat(gets()).hasSize(2);
  }

  @Test
  void whoIsKilledWhileUpstreamHasNotAnsweredIsReplaced() {
    Gate gate = new Gate();
    bench.registry.onGet(BLOBS).once(TravelFaults.holdHeaders(gate));
    List<CompletableFuture<Download>> begun =
        Stream.of(second, third).flatMap(n -> n.download(5, "up/app", layer).stream()).toList();
    gate.awaitHeld(1);

    owner.kill();

    begun.forEach(download -> assertWhole(await(download).end(), layer));
    assertThat(gets()).hasSize(2);
    assertKept(List.of(second, third), layer);
  }
}

package dev.sluice.fetcher.pull;

import static dev.sluice.fetcher.fake.FakeRegistry.MANIFESTS;
import static dev.sluice.fetcher.pull.Answers.await;
import static dev.sluice.fetcher.pull.Answers.found;
import static dev.sluice.fetcher.pull.ClusterBench.assertKept;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.CheckAnswer;
import dev.sluice.fetcher.ManifestAnswer;
import dev.sluice.fetcher.Provenance;
import dev.sluice.fetcher.Refused.Reason;
import dev.sluice.fetcher.fake.AnswerFaults;
import dev.sluice.fetcher.fake.FakeImage;
import dev.sluice.fetcher.fake.Gate;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Manifests and tags that are asked for on three nodes: one of them asks upstream. */
class ClusterManifestTest {

  private static final int CLIENTS = 20;
  private static final Duration INTERVAL = Bench.POLICIES.checkIntervals().usual();

  @TempDir Path folder;
  @AutoClose private ClusterBench bench;
  private FakeImage image;

  @BeforeEach
  void open() {
    bench = new ClusterBench(folder);
    image = bench.registry.image("app", "latest").layer(100).push();
  }

  private List<Future<ManifestAnswer>> askEverywhere(Object reference) {
    return bench.nodes.stream()
        .flatMap(node -> node.ask(CLIENTS, "up/app", reference).stream())
        .toList();
  }

  private void assertAllFind(List<Future<ManifestAnswer>> asked, FakeImage expected) {
    for (Future<ManifestAnswer> answer : asked) {
      assertThat(found(await(answer)).manifest().digest()).isEqualTo(expected.digest());
    }
    assertKept(bench.nodes, expected.digest());
  }

  private void pullEverywhere() {
    bench.nodes.forEach(node -> node.found("up/app", "latest"));
    bench.registry.forgetRequests();
  }

  @Test
  void aManifestByDigestIsFetchedOnce() {
    Gate gate = bench.registry.onGet(MANIFESTS).holdHeaders();
    List<Future<ManifestAnswer>> asked = askEverywhere(image.digest());
    gate.awaitHeld(1);
    gate.release();

    assertAllFind(asked, image);
    assertThat(bench.registry.requests()).hasSize(1);
  }

  @Test
  void aTagIsFetchedOnce() {
    Gate gate = bench.registry.onGet(MANIFESTS).holdHeaders();
    List<Future<ManifestAnswer>> asked = askEverywhere("latest");
    gate.awaitHeld(1);
    gate.release();

    assertAllFind(asked, image);
    assertThat(bench.registry.requests()).hasSize(1);
  }

  @Test
  void aDueTagIsCheckedOnce() {
    pullEverywhere();
    bench.clock.advance(INTERVAL);

    assertAllFind(askEverywhere("latest"), image);

    assertThat(bench.registry.requests()).hasSize(1);
    assertThat(bench.registry.count("HEAD", MANIFESTS)).isEqualTo(1);
  }

  @Test
  void aFreshTagIsCheckedByNobody() {
    pullEverywhere();
    assertAllFind(askEverywhere("latest"), image);
    assertThat(bench.registry.requests()).isEmpty();
  }

  @Test
  void aTagThatMovedIsSeenMovedByAll() {
    pullEverywhere();
    FakeImage newer = bench.registry.image("app", "latest").layer(200).push();
    bench.clock.advance(INTERVAL);

    assertAllFind(askEverywhere("latest"), newer);

    assertThat(bench.registry.count("HEAD", MANIFESTS)).isEqualTo(1);
    assertThat(bench.registry.count("GET", MANIFESTS)).isEqualTo(1);
  }

  @Test
  void aCheckThatIsWantedNowIsMadeOnceForAllWhoWantIt() {
    pullEverywhere();
    Gate gate = bench.registry.onHead(MANIFESTS).holdHeaders();
    List<Future<CheckAnswer>> asked =
        bench.nodes.stream().map(node -> node.askCheck("up/app", "latest")).toList();
    gate.awaitHeld(1);
    bench.settle();
    gate.release();

    asked.forEach(answer -> assertThat(await(answer)).isInstanceOf(CheckAnswer.Confirmed.class));
    assertThat(bench.registry.requests()).hasSize(1);
  }

  @Test
  void aCheckNowOnAnyNodeSeesThatTheTagMoved() {
    for (ClusterNode node : bench.nodes) {
      pullEverywhere();
      FakeImage newer = bench.registry.image("app", "latest").layer(200).push();
      assertThat(node.check("up/app", "latest"))
          .isInstanceOfSatisfying(
              CheckAnswer.Moved.class, moved -> assertThat(moved.to()).isEqualTo(newer.digest()));
      assertAllFind(askEverywhere("latest"), newer);
      assertThat(bench.registry.requests()).hasSize(2);
    }
  }

  @Test
  void onlyTheFirstWhoAskedIsToldOfAMiss() {
    List<ClusterNode> order = bench.order("up/app", "latest");
    assertThat(order.get(2).found("up/app", "latest").provenance()).isEqualTo(Provenance.MISS);
    assertThat(order.get(1).found("up/app", "latest").provenance()).isEqualTo(Provenance.HIT);
    assertThat(order.get(2).found("up/app", "latest").provenance()).isEqualTo(Provenance.HIT);
  }

  @Test
  void anAbsentManifestIsAskedForOnce() {
    bench.registry.delete("app", image.digest());
    for (int i = 0; i < 3; i++) {
      for (ClusterNode node : bench.nodes) {
        assertThat(node.refused("up/app", image.digest()).reason())
            .isEqualTo(Reason.MANIFEST_UNKNOWN);
      }
    }
    assertThat(bench.registry.requests()).hasSize(1);
  }

  @Test
  void anAbsentTagIsAskedForOnce() {
    for (int i = 0; i < 3; i++) {
      for (ClusterNode node : bench.nodes) {
        assertThat(node.refused("up/app", "none").reason()).isEqualTo(Reason.MANIFEST_UNKNOWN);
      }
    }
    assertThat(bench.registry.requests()).hasSize(1);
  }

  @Test
  void aCheckThatFailsIsMadeOnceAndAllServeWhatTheyHave() {
    pullEverywhere();
    bench.clock.advance(INTERVAL);
    bench.registry.onAny(MANIFESTS).always(AnswerFaults.status(403));
    for (Future<ManifestAnswer> answer : askEverywhere("latest")) {
      ManifestAnswer.Found found = found(await(answer));
      assertThat(found.manifest().digest()).isEqualTo(image.digest());
      assertThat(found.staleReason()).isPresent();
    }
    assertThat(bench.registry.requests()).hasSize(1);
  }
}

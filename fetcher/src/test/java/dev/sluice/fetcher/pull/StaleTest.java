package dev.sluice.fetcher.pull;

import static dev.sluice.fetcher.fake.FakeRegistry.MANIFESTS;
import static dev.sluice.fetcher.pull.Answers.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.sluice.fetcher.ManifestAnswer;
import dev.sluice.fetcher.Provenance;
import dev.sluice.fetcher.Refused.Reason;
import dev.sluice.fetcher.fake.AnswerFaults;
import dev.sluice.fetcher.fake.FakeImage;
import dev.sluice.fetcher.fake.Fault;
import dev.sluice.fetcher.fake.Gate;
import dev.sluice.fetcher.fake.TravelFaults;
import dev.sluice.metadata.Policies.OnDeleted;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A cached tag whose upstream fails: the last image is served, and said to be stale. */
class StaleTest {

  private static final Duration INTERVAL = Bench.POLICIES.checkIntervals().usual();

  @TempDir Path folder;
  @AutoClose private Bench bench;
  private FakeImage image;

  @BeforeEach
  void pullOnceAndLetItFallDue() {
    bench = new Bench(folder, BenchOptions.plain().impatient());
    image = bench.registry.image("app", "latest").push();
    bench.found("up/app", "latest");
    bench.clock.advance(INTERVAL);
    bench.registry.forgetRequests();
  }

  static Stream<Arguments> failures() {
    return Stream.of(
        arguments("a broken registry", AnswerFaults.status(500), "answered 500"),
        arguments("a gateway without a registry", AnswerFaults.status(502), "answered 502"),
        arguments("a login that is demanded", AnswerFaults.status(401), "authentication"),
        arguments("a revoked credential", AnswerFaults.status(403), "forbids"),
        arguments("a tag that was deleted", AnswerFaults.status(404), "has no"),
        arguments("a tag that is gone", AnswerFaults.status(410), "has no"),
        arguments("an empty rate limit", AnswerFaults.tooManyRequests("7"), "rate"),
        arguments("an answer nobody asked for", AnswerFaults.status(304), "answered 304"),
        arguments("silence", TravelFaults.neverAnswer(), "no answer in time"),
        arguments("garbage", TravelFaults.garbage("\0\1SSH-2.0-OpenSSH_9.9\r\n\r\n"), ""),
        arguments("a closed connection", TravelFaults.closeUnanswered(), "closed"),
        arguments("a reset connection", TravelFaults.resetUnanswered(), "reset"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("failures")
  void whateverUpstreamDoesTheLastImageIsServed(String name, Fault failure, String reason) {
    bench.registry.onAny(MANIFESTS).always(failure);
    assertServedStale(reason);
  }

  @Test
  void aTagThatMovedToAPageForPeopleStaysWhereItWas() {
    bench.registry.image("app", "latest").layer(10).push();
    bench.registry.onGet(MANIFESTS).always(AnswerFaults.html());
    assertServedStale("no manifest");
  }

  @Test
  void aManifestThatBreaksOffLeavesTheTagWhereItWas() {
    bench.registry.image("app", "latest").layer(10).push();
    bench.registry.onGet(MANIFESTS).always(TravelFaults.cutAt(20));
    assertServedStale("broke off");
  }

  @Test
  void anUpstreamThatIsGoneIsNoReasonToFail() {
    bench.registry.close();
    var found = bench.found("up/app", "latest");
    assertThat(found.manifest().digest()).isEqualTo(image.digest());
    assertThat(found.staleReason()).hasValueSatisfying(why -> assertThat(why).contains("refused"));
  }

  private void assertServedStale(String reason) {
    var found = bench.found("up/app", "latest");

    assertThat(found.manifest().digest()).isEqualTo(image.digest());
    assertThat(found.provenance()).isEqualTo(Provenance.STALE);
    assertThat(found.checkedAt()).contains(SettableClock.NOON);
    assertThat(found.usableUntil()).isEqualTo(bench.clock.instant().plusSeconds(10));
    assertThat(found.staleReason()).hasValueSatisfying(why -> assertThat(why).contains(reason));
    assertThat(found.staleReason().orElseThrow()).contains(bench.registry.hostAndPort());
    int asked = bench.registry.requests().size();
    bench.registry.behave();
    assertThat(bench.found("up/app", "latest").staleReason()).isEqualTo(found.staleReason());
    assertThat(bench.registry.requests()).hasSize(asked);
    bench.clock.advance(Duration.ofSeconds(10));
    assertThat(bench.found("up/app", "latest").staleReason()).isEmpty();
  }

  @Test
  void whereTheRuleSaysSoADeletedTagIsRefusedAndForgotten() {
    bench.use(bench.rule("up", Bench.POLICIES.with(OnDeleted.REFUSE)));
    bench.registry.deleteTag("app", "latest");

    var refused = bench.refused("up/app", "latest");

    assertThat(refused.reason()).isEqualTo(Reason.MANIFEST_UNKNOWN);
    assertThat(bench.found("up/app", image.digest()).provenance()).isEqualTo(Provenance.HIT);
    bench.registry.onAny(MANIFESTS).always(AnswerFaults.status(500));
    bench.clock.advance(Absences.KEPT);
    assertThat(bench.refused("up/app", "latest").reason()).isEqualTo(Reason.UNAVAILABLE);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("failures")
  void onlyADeletionIsTakenForOne(String name, Fault failure, String reason) {
    bench.use(bench.rule("up", Bench.POLICIES.with(OnDeleted.REFUSE)));
    bench.registry.onAny(MANIFESTS).always(failure);
    boolean deleted = reason.equals("has no");
    assertThat(await(bench.ask("up/app", "latest")) instanceof ManifestAnswer.Found)
        .isEqualTo(!deleted);
  }

  @Test
  void aSlowCheckGoesOnBehindAndTheNextAskSeesItsResult() {
    bench.use(bench.rule("up", Bench.POLICIES.withCheckBudget(Duration.ofMillis(50))));
    FakeImage newer = bench.registry.image("app", "latest").layer(10).push();
    Gate gate = bench.registry.onHead(MANIFESTS).holdHeaders();

    var stale = bench.found("up/app", "latest");

    assertThat(stale.manifest().digest()).isEqualTo(image.digest());
    assertThat(stale.staleReason()).hasValueSatisfying(why -> assertThat(why).contains("long"));
    assertThat(stale.usableUntil()).isEqualTo(bench.clock.instant());
    bench.use(bench.rule("up", Bench.POLICIES));
    gate.release();
    assertThat(bench.found("up/app", "latest").manifest().digest()).isEqualTo(newer.digest());
    assertThat(bench.registry.count("HEAD", MANIFESTS)).isEqualTo(1);
    assertThat(bench.registry.count("GET", MANIFESTS)).isEqualTo(1);
  }

  @Test
  void aSilentUpstreamCostsEveryAskNoMoreThanTheBudget() {
    bench.use(bench.rule("up", Bench.POLICIES.withCheckBudget(Duration.ofMillis(50))));
    bench.registry.onHead(MANIFESTS).always(TravelFaults.neverAnswer());
    for (int i = 0; i < 5; i++) {
      assertThat(bench.found("up/app", "latest").manifest().digest()).isEqualTo(image.digest());
    }
    assertThat(bench.registry.count("HEAD", MANIFESTS)).isLessThanOrEqualTo(2);
  }
}

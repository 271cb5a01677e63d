package dev.sluice.fetcher.pull;

import static dev.sluice.fetcher.fake.FakeRegistry.MANIFESTS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.ManifestAnswer.Found;
import dev.sluice.fetcher.Provenance;
import dev.sluice.fetcher.Refused.Reason;
import dev.sluice.fetcher.fake.AnswerFaults;
import dev.sluice.fetcher.fake.FakeImage;
import dev.sluice.fetcher.fake.TravelFaults;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fifty images are cached and due, and their upstream goes away. */
class OutageTest {

  private static final String EVERYTHING = "";
  private static final int IMAGES = 50;
  private static final Duration BUDGET = Duration.ofMillis(200);
  private static final Duration PROBE_EVERY = Duration.ofSeconds(30);

  /** Longer than a stale answer stands. */
  private static final Duration PAUSE = Duration.ofSeconds(11);

  @TempDir Path folder;
  @AutoClose private Bench bench;
  private List<FakeImage> images;
  private int heardWhenWarm;

  @BeforeEach
  void warm() {
    bench = new Bench(folder, BenchOptions.plain().impatient());
    bench.use(bench.rule("up", Bench.POLICIES.withCheckBudget(BUDGET)));
    images =
        IntStream.range(0, IMAGES)
            .mapToObj(i -> bench.registry.image("app", "t" + i).layer(10 + i).push())
            .toList();
    for (int i = 0; i < IMAGES; i++) {
      bench.found("up/app", "t" + i);
      assertThat(bench.read("up/app", images.get(i).layer(0)))
          .isInstanceOf(Download.End.Whole.class);
    }
    bench.clock.advance(Bench.POLICIES.checkIntervals().usual());
    bench.registry.forgetRequests();
    heardWhenWarm = bench.heard();
  }

  private void pullAllByTag() {
    for (int i = 0; i < IMAGES; i++) {
      Found found = bench.found("up/app", "t" + i);
      assertThat(found.manifest().digest()).isEqualTo(images.get(i).digest());
      assertThat(found.provenance()).isEqualTo(Provenance.STALE);
    }
  }

  /** So that no check of before meets an upstream that has changed since. */
  private void pullAllByTagAndWaitForTheirChecks() {
    pullAllByTag();
    bench.settle();
    bench.awaitHeard(heardWhenWarm + asked());
  }

  private int asked() {
    return bench.registry.requests().size();
  }

  @Test
  void byDigestNothingIsAskedAndNothingFails() {
    bench.registry.onAny(EVERYTHING).always(TravelFaults.neverAnswer());
    for (FakeImage image : images) {
      bench.found("up/app", image.digest());
      assertThat(bench.read("up/app", image.layer(0))).isInstanceOf(Download.End.Whole.class);
    }
    assertThat(asked()).isZero();
  }

  @Test
  void silenceCostsOneBudgetAndNotOneForEachTag() {
    bench.registry.onAny(EVERYTHING).always(TravelFaults.neverAnswer());
    Found first = bench.found("up/app", "t0");
    assertThat(first.staleReason().orElseThrow()).contains("takes long");
    // The question is still out, and has been for as long as anybody would wait.
    bench.clock.advance(BUDGET);
    long begun = System.nanoTime();
    pullAllByTag();
    // Fifty budgets are 10 s. None at all takes milliseconds, on a slow machine too.
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(BUDGET.multipliedBy(IMAGES));
  }

  @Test
  void afterFiveFailuresOnlyProbesGoOut() {
    bench.registry.onAny(EVERYTHING).always(TravelFaults.closeUnanswered());
    pullAllByTagAndWaitForTheirChecks();
    // Five failures open the breaker; the first of them may each be asked a second time.
    assertThat(asked()).isBetween(5, 6);
    assertThat(bench.refused("up/app", "missing").message()).contains("failed several times");
    assertThat(bench.refused("up/app", "missing").reason()).isEqualTo(Reason.UNAVAILABLE);

    int before = asked();
    int heard = bench.heard();
    for (int probes = 1; probes <= 10; probes++) {
      bench.clock.advance(PROBE_EVERY);
      pullAllByTag();
      bench.awaitHeard(heard + probes);
      assertThat(asked()).isEqualTo(before + probes);
    }
  }

  @Test
  void oneAnswerToAProbeEndsIt() {
    bench.registry.onAny(EVERYTHING).always(TravelFaults.closeUnanswered());
    pullAllByTagAndWaitForTheirChecks();
    bench.registry.behave();
    bench.clock.advance(PROBE_EVERY);
    int heard = bench.heard();
    // Whoever comes first is the probe, and is not made to wait for it.
    assertThat(bench.found("up/app", "t0").provenance()).isEqualTo(Provenance.STALE);
    bench.awaitHeard(heard + 1);
    bench.clock.advance(PAUSE);
    for (int i = 0; i < IMAGES; i++) {
      assertThat(bench.found("up/app", "t" + i).staleReason()).isEmpty();
    }
    assertThat(bench.registry.count("HEAD", MANIFESTS)).isBetween(IMAGES, IMAGES + 7);
  }

  @Test
  void oneIllRepositoryTakesNobodyElseDown() {
    bench.registry.onGet("/ill/").always(AnswerFaults.status(500));
    for (int i = 0; i < 20; i++) {
      assertThat(bench.refused("up/ill", "t").reason()).isEqualTo(Reason.UNAVAILABLE);
    }
    bench.registry.image("app", "fresh").layer(99).push();
    assertThat(bench.found("up/app", "fresh").provenance()).isEqualTo(Provenance.MISS);
  }

  @Test
  void whatNeverWentOutSaysNothingOfTheUpstream() {
    bench.registry.onAny(EVERYTHING).always(TravelFaults.closeUnanswered());
    pullAllByTagAndWaitForTheirChecks();
    int heard = bench.heard();
    bench.clock.advance(PROBE_EVERY);
    bench.registry.behave();
    // The probe leads to where we do not go: no sign that upstream is well.
    bench.registry.onHead(MANIFESTS).always(AnswerFaults.redirectTo(307, "http://10.0.0.1/"));
    pullAllByTag();
    bench.awaitHeard(heard + 1);
    assertThat(bench.refused("up/app", "missing").message()).contains("failed several times");
  }
}

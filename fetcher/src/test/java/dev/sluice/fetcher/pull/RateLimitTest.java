package dev.sluice.fetcher.pull;

import static dev.sluice.fetcher.fake.FakeRegistry.BLOBS;
import static dev.sluice.fetcher.fake.FakeRegistry.MANIFESTS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.Provenance;
import dev.sluice.fetcher.Refused;
import dev.sluice.fetcher.Refused.Reason;
import dev.sluice.fetcher.fake.AnswerFaults;
import dev.sluice.fetcher.fake.FakeImage;
import dev.sluice.fetcher.fake.FakeIndex;
import dev.sluice.fetcher.fake.PullLimit;
import dev.sluice.metadata.CheckIntervals;
import dev.sluice.metadata.Platforms;
import dev.sluice.metadata.UpstreamLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An upstream that limits pulls: what is left goes to people first, and a no is heeded. */
class RateLimitTest {

  private static final int LIMIT = 100;
  private static final int RESERVE = 20;
  private static final Duration WINDOW = Duration.ofHours(6);

  @TempDir Path folder;
  @AutoClose private Bench bench;
  private final PullLimit limit = new PullLimit(LIMIT, (int) WINDOW.toSeconds());

  @BeforeEach
  void open() {
    bench = new Bench(folder);
    var policies =
        Bench.POLICIES.with(new Platforms.All()).with(new UpstreamLimits(10_000, RESERVE));
    bench.use(bench.rule("up", policies));
  }

  private FakeIndex indexOf(int children) {
    var index = bench.registry.index("app", "latest");
    for (int i = 0; i < children; i++) {
      index.platform("linux/a" + i, 10);
    }
    return index.push();
  }

  /** With every child come two blobs, each of which is made durable. */
  private void awaitManifests(int count) {
    bench.registry.awaitRequest(count, "GET", MANIFESTS, Duration.ofMinutes(1));
  }

  private List<FakeImage> images(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> bench.registry.image("other", "t" + i).layer(10 + i).push())
        .toList();
  }

  @Test
  void completionLeavesTheReserveToPeopleWhoGoOnToTheLastPull() {
    FakeIndex index = indexOf(150);
    List<FakeImage> wanted = images(RESERVE);
    bench.registry.onAny(MANIFESTS).always(limit);

    bench.found("up/app", "latest");
    awaitManifests(LIMIT - RESERVE);
    for (int i = 0; i < wanted.size(); i++) {
      assertThat(bench.found("up/other", "t" + i).manifest().digest())
          .isEqualTo(wanted.get(i).digest());
    }

    assertThat(bench.refused("up/app", "missing").reason()).isEqualTo(Reason.TOO_MANY_REQUESTS);
    long completed =
        index.children().values().stream()
            .filter(child -> bench.registry.count("GET", child.digest().hex()) > 0)
            .count();
    assertThat(completed).isEqualTo(LIMIT - RESERVE - 1);
  }

  @Test
  void completionGoesOnWhenTheWindowHasPassed() {
    indexOf(LIMIT);
    bench.registry.onAny(MANIFESTS).always(limit);
    bench.found("up/app", "latest");
    awaitManifests(LIMIT - RESERVE);
    bench.settle();
    bench.registry.behave();
    bench.clock.advance(WINDOW);

    bench.found("up/app", "latest");

    awaitManifests(1 + LIMIT);
  }

  @Test
  void aCheckStopsBeforeTheReserveToo() {
    FakeImage image = images(1).getFirst();
    Duration hourly = Duration.ofHours(1);
    bench.use(bench.rule("up", Bench.POLICIES.with(new CheckIntervals(hourly, List.of()))));
    bench.registry.onAny(MANIFESTS).always(new PullLimit(10, (int) WINDOW.toSeconds()));
    for (int i = 0; i < 8; i++) {
      bench.found("up/other", image.digest());
      bench.found("up/other", "t0");
      bench.registry.image("other", "u" + i).layer(100 + i).push();
      bench.found("up/other", "u" + i);
    }
    bench.clock.advance(hourly);
    bench.registry.forgetRequests();

    var stale = bench.found("up/other", "t0");

    assertThat(stale.provenance()).isEqualTo(Provenance.STALE);
    assertThat(stale.staleReason().orElseThrow()).contains("kept for people");
    assertThat(bench.registry.requests()).isEmpty();
  }

  @Test
  void anUpstreamThatSaysNothingOfLimitsHasNone() {
    indexOf(LIMIT);
    bench.found("up/app", "latest");
    awaitManifests(1 + LIMIT);
  }

  @Test
  void underAPullLimitBlobsAndChecksGoOn() {
    FakeImage image = images(1).getFirst();
    bench.found("up/other", "t0");
    bench.registry.onAny(MANIFESTS).always(new PullLimit(0, 60));
    Refused refused = bench.refused("up/other", "another");
    assertThat(refused.reason()).isEqualTo(Reason.TOO_MANY_REQUESTS);
    assertThat(refused.retryAfter()).isPositive().isLessThanOrEqualTo(Duration.ofSeconds(1));

    assertThat(bench.read("up/other", image.layer(0))).isInstanceOf(Download.End.Whole.class);
    int asked = bench.registry.count("GET", MANIFESTS);
    assertThat(bench.refused("up/other", "yet-another").reason())
        .isEqualTo(Reason.TOO_MANY_REQUESTS);
    assertThat(bench.registry.count("GET", MANIFESTS)).isEqualTo(asked);
  }

  @Test
  void afterAnAbuseLimitNothingAtAllIsAskedBeforeItsTime() {
    FakeImage image = images(1).getFirst();
    bench.found("up/other", "t0");
    bench.clock.advance(Bench.POLICIES.checkIntervals().usual());
    bench.registry.onAny("/v2/").always(AnswerFaults.tooManyRequests("90"));
    assertThat(bench.refused("up/other", "another").retryAfter()).hasSeconds(90);
    bench.registry.forgetRequests();
    bench.clock.advance(Duration.ofSeconds(89));

    assertThat(bench.found("up/other", "t0").provenance()).isEqualTo(Provenance.STALE);
    assertThat(bench.refused("up/other", "another").retryAfter()).hasSeconds(1);
    assertThat(bench.read("up/other", image.layer(0))).isInstanceOf(Download.End.Refusal.class);
    bench.use(bench.rule("up2", Bench.POLICIES), bench.rule("up", Bench.POLICIES));
    assertThat(bench.refused("up2/other", "t0").reason()).isEqualTo(Reason.TOO_MANY_REQUESTS);
    assertThat(bench.registry.requests()).isEmpty();

    bench.registry.behave();
    bench.clock.advance(Duration.ofSeconds(1));
    assertThat(bench.read("up/other", image.layer(0))).isInstanceOf(Download.End.Whole.class);
    assertThat(bench.registry.count("GET", BLOBS)).isEqualTo(1);
  }
}

package dev.sluice.fetcher.pull;

import static dev.sluice.fetcher.fake.FakeRegistry.MANIFESTS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.ManifestAnswer;
import dev.sluice.fetcher.fake.AnswerFaults;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The clock is set, far: no tag freezes, no pull fails, and no tag is checked more than once. */
class ClockJumpTest {

  private static final int TAGS = 20;
  private static final Duration INTERVAL = Bench.POLICIES.checkIntervals().usual();

  @TempDir Path folder;
  @AutoClose private Bench bench;

  @BeforeEach
  void pullManyTags() {
    bench = new Bench(folder);
    for (int i = 0; i < TAGS; i++) {
      bench.registry.image("app", "t" + i).layer(i).push();
      bench.found("up/app", "t" + i);
    }
    bench.registry.forgetRequests();
  }

  static Stream<Duration> jumps() {
    return Stream.of(
        Duration.between(SettableClock.NOON, Instant.EPOCH),
        Duration.ofHours(-25),
        Duration.ofHours(-1),
        Duration.ofHours(25),
        Duration.ofDays(30));
  }

  @ParameterizedTest
  @MethodSource("jumps")
  void everyTagIsCheckedOnce(Duration jump) {
    bench.clock.advance(jump);

    assertServed(pullAll(), INTERVAL);
    assertServed(pullAll(), INTERVAL);

    assertThat(bench.registry.count("HEAD", MANIFESTS)).isEqualTo(TAGS);
    assertThat(bench.registry.requests()).hasSize(TAGS);
  }

  @ParameterizedTest
  @MethodSource("jumps")
  void ofAnUpstreamThatFailsEveryTagIsServedAndCheckedOnceInTenSeconds(Duration jump) {
    bench.registry.onAny(MANIFESTS).always(AnswerFaults.status(500));
    bench.clock.advance(INTERVAL);
    pullAll();
    bench.registry.forgetRequests();
    bench.clock.advance(jump);

    assertServed(pullAll(), INTERVAL);
    assertServed(pullAll(), INTERVAL);

    assertThat(bench.registry.requests()).hasSizeLessThanOrEqualTo(TAGS);
  }

  @ParameterizedTest
  @MethodSource("jumps")
  void aClockThatIsSetBackAgainFreezesNothing(Duration jump) {
    bench.clock.advance(jump);
    assertServed(pullAll(), INTERVAL);
    bench.clock.advance(jump.negated());
    assertServed(pullAll(), INTERVAL);
    bench.clock.advance(INTERVAL);
    bench.registry.forgetRequests();

    assertServed(pullAll(), INTERVAL);

    assertThat(bench.registry.requests()).hasSize(TAGS);
  }

  /** Every tag is asked for by several clients at once. */
  private List<ManifestAnswer> pullAll() {
    List<Future<ManifestAnswer>> asked = new ArrayList<>();
    for (int i = 0; i < TAGS; i++) {
      asked.addAll(bench.ask(3, "up/app", "t" + i));
    }
    return asked.stream().<ManifestAnswer>map(Answers::await).toList();
  }

  private void assertServed(List<ManifestAnswer> answers, Duration longest) {
    Instant now = bench.clock.instant();
    assertThat(answers)
        .hasSize(3 * TAGS)
        .allSatisfy(
            answer ->
                assertThat(Answers.found(answer).usableUntil()).isBetween(now, now.plus(longest)));
  }
}

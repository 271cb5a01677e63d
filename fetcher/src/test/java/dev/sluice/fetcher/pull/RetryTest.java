package dev.sluice.fetcher.pull;

import static dev.sluice.fetcher.fake.FakeRegistry.BLOBS;
import static dev.sluice.fetcher.fake.FakeRegistry.MANIFESTS;
import static dev.sluice.fetcher.pull.Answers.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.ManifestAnswer.Found;
import dev.sluice.fetcher.fake.AnswerFaults;
import dev.sluice.fetcher.fake.FakeImage;
import dev.sluice.fetcher.fake.Fault;
import dev.sluice.fetcher.fake.TravelFaults;
import dev.sluice.fetcher.upstream.Deadlines;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes wrong on the way is asked once more, within a budget. */
class RetryTest {

  /** One of the failures is silence, which lasts this long. */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  @TempDir Path folder;
  @AutoClose private Bench bench;
  private FakeImage image;

  @BeforeEach
  void open() {
    bench =
        new Bench(
            folder,
            BenchOptions.plain()
                .deadlines(new Deadlines(PATIENCE, PATIENCE, PATIENCE.multipliedBy(10))));
    image = bench.registry.image("app", "latest").layer(100).push();
  }

  static Stream<Fault> passing() {
    return Stream.of(
        AnswerFaults.status(500),
        AnswerFaults.status(503),
        TravelFaults.closeUnanswered(),
        TravelFaults.resetUnanswered(),
        TravelFaults.cutAt(20));
  }

  @ParameterizedTest
  @MethodSource("passing")
  void aFailureThatPassesIsNotSeenByTheClient(Fault fault) {
    bench.registry.onGet(MANIFESTS).once(fault);
    assertThat(bench.found("up/app", "latest").manifest().digest()).isEqualTo(image.digest());
    assertThat(bench.registry.count("GET", MANIFESTS)).isEqualTo(2);

    bench.registry.onGet(BLOBS).once(AnswerFaults.status(502));
    assertThat(bench.read("up/app", image.layer(0))).isInstanceOf(Download.End.Whole.class);
    assertThat(bench.registry.count("GET", BLOBS)).isEqualTo(2);
  }

  @Test
  void silenceIsNotWaitedForTwice() {
    bench.registry.onGet(MANIFESTS).always(TravelFaults.neverAnswer());
    bench.refused("up/app", "latest");
    assertThat(bench.registry.count("GET", MANIFESTS)).isEqualTo(1);
  }

  @Test
  void anUpstreamThatSaysWhenIsNotAskedBefore() {
    Fault busy = AnswerFaults.status(503).and(AnswerFaults.header("Retry-After", "60"));
    bench.registry.onGet(MANIFESTS).always(busy);
    assertThat(bench.refused("up/app", "latest").retryAfter()).hasSeconds(60);
    assertThat(bench.registry.count("GET", MANIFESTS)).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 410, 429})
  void aNoIsNotAskedForAgain(int status) {
    bench.registry.onGet(MANIFESTS).always(AnswerFaults.status(status));
    bench.refused("up/app", "latest");
    assertThat(bench.registry.count("GET", MANIFESTS)).isEqualTo(1);
  }

  @Test
  void retriesAddATenthAndNoMoreToTheLoad() {
    int questions = 300;
    for (int i = 0; i < questions; i++) {
      bench.registry.image("app", "t" + i).layer(10 + i).push();
    }
    bench.registry.onGet(MANIFESTS).everySecond(AnswerFaults.status(503));
    int served = 0;
    for (int i = 0; i < questions; i++) {
      served += await(bench.ask("up/app", "t" + i)) instanceof Found ? 1 : 0;
    }
    int sent = bench.registry.count("GET", MANIFESTS);
    assertThat(sent - questions).isBetween(10, sent / 10 + 10);
    assertThat(served).isGreaterThan(questions / 2);
  }
}

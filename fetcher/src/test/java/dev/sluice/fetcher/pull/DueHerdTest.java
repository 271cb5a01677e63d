package dev.sluice.fetcher.pull;

import static dev.sluice.fetcher.fake.FakeRegistry.MANIFESTS;
import static dev.sluice.fetcher.pull.Answers.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.ManifestAnswer;
import dev.sluice.fetcher.ManifestAnswer.Found;
import dev.sluice.fetcher.Refused;
import dev.sluice.fetcher.fake.FakeImage;
import dev.sluice.fetcher.fake.TravelFaults;
import dev.sluice.metadata.Policies;
import dev.sluice.metadata.Reference.Tag;
import dev.sluice.metadata.UpstreamLimits;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ten thousand tags were warmed in one minute, and fall due in one minute. */
class DueHerdTest {

  private static final int TAGS = 10_000;
  private static final int CLIENTS = 200;
  private static final Duration SECOND = Duration.ofSeconds(1);

  @TempDir Path folder;
  @AutoClose private Bench bench;
  private FakeImage image;
  private final AtomicLong slowestNanos = new AtomicLong();

  private void warm(int cap) {
    bench = new Bench(folder);
    image = bench.registry.image("app", "t0").layer(9).push();
    Policies policies = Bench.POLICIES.withCheckBudget(Duration.ofSeconds(2));
    bench.use(bench.rule("up", policies.with(new UpstreamLimits(cap, 0))));
    bench.found("up/app", "t0");
    for (int i = 1; i < TAGS; i++) {
      bench.registry.tag("app", "t" + i, image.digest());
      bench.alsoKnow("up/app", new Tag("t0"), new Tag("t" + i));
    }
    bench.clock.advance(policies.checkIntervals().usual());
    bench.registry.forgetRequests();
  }

  /** Each client pulls its own tags, one after the other. */
  private void pullEverything() throws Exception {
    Future.join(
            IntStream.range(0, CLIENTS).mapToObj(client -> pull(client, TAGS / CLIENTS)).toList())
        .toCompletionStage()
        .toCompletableFuture()
        .get(2, TimeUnit.MINUTES);
  }

  private Future<?> pull(int client, int left) {
    if (left == 0) {
      return Future.succeededFuture();
    }
    long begun = System.nanoTime();
    return bench
        .ask("up/app", "t" + (client * (TAGS / CLIENTS) + left - 1))
        .compose(
            answer -> {
              assertThat(Answers.found(answer).manifest().digest()).isEqualTo(image.digest());
              slowestNanos.accumulateAndGet(System.nanoTime() - begun, Math::max);
              return pull(client, left - 1);
            });
  }

  /** Far fewer than are due, so that most are served unchecked; and enough to check them all. */
  @ParameterizedTest
  @ValueSource(ints = {20, 2_000})
  void theUpstreamSeesItsCapAndNoClientWaits(int cap) throws Exception {
    warm(cap);
    long begun = System.nanoTime();
    pullEverything();
    double seconds = (System.nanoTime() - begun) / 1e9;

    assertThat(Duration.ofNanos(slowestNanos.get())).isLessThan(Duration.ofMillis(2_500));
    // Its burst is within the cap of the first second.
    assertThat((double) bench.registry.requests().size()).isBetween(1.0, cap * (seconds + 1));
  }

  @Test
  void afterAnOutageTheHerdComesBackUnderItsCap() {
    int cap = 200;
    warm(cap);
    bench.registry.onAny("").always(TravelFaults.closeUnanswered());
    int outage = 300;
    for (int second = 0; second < outage; second++) {
      retryAsClientsDo(second);
      bench.clock.advance(SECOND);
    }
    int probes = outage / 30 + 1;
    assertThat(bench.registry.requests()).hasSizeBetween(5, 5 + 1 + probes);

    bench.registry.behave();
    bench.registry.forgetRequests();
    long begun = System.nanoTime();
    int recovered = 0;
    while (recovered <= 30 && !everyAnswerIsFresh(recovered)) {
      bench.clock.advance(SECOND);
      recovered++;
    }
    assertThat(recovered).as("seconds until all was well").isLessThanOrEqualTo(30);
    double seconds = (System.nanoTime() - begun) / 1e9;
    assertThat((double) bench.registry.count("HEAD", MANIFESTS)).isLessThan(cap * (seconds + 1));
  }

  /** Cached tags, and tags that are not: refused, those are asked for again at once, five times. */
  private void retryAsClientsDo(int second) {
    for (int i = 0; i < 5; i++) {
      Refused refused = bench.refused("up/app", "missing" + second % 7);
      assertThat(refused.retryAfter()).isPositive();
      Found cached = bench.found("up/app", "t" + (second * 31 + i) % TAGS);
      assertThat(cached.manifest().digest()).isEqualTo(image.digest());
    }
  }

  private boolean everyAnswerIsFresh(int second) {
    List<Future<ManifestAnswer>> answers =
        IntStream.range(0, CLIENTS)
            .mapToObj(i -> bench.ask("up/app", "t" + (second * CLIENTS + i) % TAGS))
            .toList();
    return answers.stream()
        .allMatch(answer -> Answers.found(await(answer)).staleReason().isEmpty());
  }
}

package dev.sluice.fetcher.pull;

import static dev.sluice.fetcher.fake.FakeRegistry.MANIFESTS;
import static dev.sluice.fetcher.pull.Answers.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.WarmUp;
import dev.sluice.fetcher.WarmUp.State;
import dev.sluice.fetcher.fake.AnswerFaults;
import dev.sluice.fetcher.fake.PullLimit;
import dev.sluice.fetcher.fake.RecordedRequest;
import dev.sluice.metadata.UpstreamLimits;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Warm-ups take what an upstream leaves above the reserve, and stay behind people. */
class WarmUpLimitsTest {

  private static final Duration WINDOW = Duration.ofHours(6);

  @TempDir Path folder;
  @AutoClose private Bench bench;
  private Warming warming;

  @BeforeEach
  void open() {
    bench = new Bench(folder);
    warming = new Warming(bench.fetcher.warmUps());
  }

  /** Their names on this node; they are {@code t0}, {@code t1} and so on of {@code many}. */
  private String[] images(int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i -> {
              bench.registry.image("many", "t" + i).layer(100 + i).push();
              return "up/many:t" + i;
            })
        .toArray(String[]::new);
  }

  private void use(UpstreamLimits limits) {
    bench.use(bench.rule("up", Bench.POLICIES.with(limits)));
  }

  @Test
  void theReserveIsLeftToPeopleAndItGoesOnInTheNextWindow() {
    String[] images = images(12);
    bench.registry.image("other", "latest").layer(10).push();
    use(new UpstreamLimits(10_000, 20));
    bench.registry.onAny(MANIFESTS).always(new PullLimit(10, (int) WINDOW.toSeconds()));

    String id = warming.begin(List.of(), images);
    WarmUp waiting = warming.until(id, now -> now.waitsFor().isPresent());

    assertThat(waiting.waitsFor().orElseThrow()).contains("kept for people");
    assertThat(waiting.state()).isEqualTo(State.RUNNING);
    assertThat(bench.registry.count("GET", MANIFESTS)).isEqualTo(8);
    bench.found("up/other", "latest");

    bench.registry.behave();
    bench.clock.advance(WINDOW);
    WarmUp ended = warming.ended(id);
    assertThat(ended.images()).isEqualTo(new WarmUp.Images(12, 12, 0));
    assertThat(ended.failures()).isEmpty();
  }

  @Test
  void anUpstreamThatRefusesForAWhileIsNotAskedBefore() {
    String[] images = images(3);
    bench.registry.onAny(MANIFESTS).once(AnswerFaults.tooManyRequests("30"));
    String id = warming.begin(List.of(), images);
    warming.until(id, now -> now.waitsFor().isPresent());
    bench.registry.awaitIdle();
    int asked = bench.registry.requests().size();
    bench.clock.advance(Duration.ofSeconds(29));
    bench.settle();
    assertThat(bench.registry.requests()).hasSize(asked);

    bench.clock.advance(Duration.ofSeconds(1));

    assertThat(warming.ended(id).images().done()).isEqualTo(3);
  }

  @Test
  void peopleGoFirstWhereTheRateIsShort() {
    int people = 15;
    images(people);
    bench.registry.image("warm", "latest").layer(10).push();
    use(new UpstreamLimits(10, 0));
    var first = pull(0, 10);
    bench.settle();
    String id = warming.begin(List.of(), "up/warm");
    bench.settle();
    var later = pull(10, people);

    await(Future.join(first));
    await(Future.join(later));
    warming.ended(id);

    List<String> paths = bench.registry.requests().stream().map(RecordedRequest::path).toList();
    assertThat(paths.subList(0, people)).allMatch(path -> path.contains("/many/manifests/"));
    assertThat(paths.get(people)).contains("/warm/manifests/");
  }

  private List<? extends Future<?>> pull(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> bench.ask("up/many", "t" + i)).toList();
  }
}

package dev.sluice.fetcher.pull;

import static dev.sluice.fetcher.fake.FakeRegistry.BLOBS;
import static dev.sluice.fetcher.fake.FakeRegistry.MANIFESTS;
import static dev.sluice.fetcher.fake.TravelFaults.cutAt;
import static dev.sluice.fetcher.pull.Answers.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.Journey;
import dev.sluice.fetcher.Journey.Stage;
import dev.sluice.fetcher.fake.FakeImage;
import dev.sluice.fetcher.fake.FakeIndex;
import dev.sluice.fetcher.fake.Gate;
import dev.sluice.fetcher.fake.TravelFaults;
import dev.sluice.metadata.Platforms;
import dev.sluice.metadata.UpstreamLimits;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a request is told of its way: its parts, and what it waited for. */
class JourneyTest {

  private static final int SIZE = 200_000;

  private final RecordedSpan span = new RecordedSpan();
  private final Journey journey = new Journey(span);

  @TempDir Path folder;
  @AutoClose private Bench bench;
  private FakeImage image;

  @BeforeEach
  void open() {
    bench = new Bench(folder);
    image = bench.registry.image("app", "latest").layer(SIZE).push();
  }

  private void pull(String reference) {
    Answers.found(await(journey.take(() -> bench.ask("up/app", reference))));
  }

  @Test
  void whatIsAskedOfUpstreamIsAPartOfIt() {
    pull("latest");
    assertThat(span.begun()).containsExactly("GET manifest");
    assertThat(span.ended()).containsExactly("GET manifest");
    assertThat(journey.spent(Stage.QUEUE)).isZero();
    assertThat(journey.spent(Stage.TOKEN)).isZero();
  }

  @Test
  void theTimeForATokenIsTold() {
    bench.registry.requireTokens();
    pull("latest");

    assertThat(span.ended()).containsExactly("GET manifest", "token", "GET manifest");
    assertThat(journey.spent(Stage.TOKEN)).isPositive();
  }

  @Test
  void theTimeInLineIsTold() {
    bench.use(bench.rule("up", Bench.POLICIES.with(new UpstreamLimits(10, 0))));
    bench.registry.image("other", "latest").layer(10).push();

    var first = bench.ask("up/other", "latest");
    pull("latest");

    Answers.found(await(first));
    assertThat(span.ended()).containsExactly("queue", "GET manifest");
    assertThat(journey.spent(Stage.QUEUE)).isPositive();
  }

  @Test
  void whoJoinsWorkHasNoPartInItsJourney() {
    Gate gate = new Gate();
    bench.registry.onGet(MANIFESTS).once(TravelFaults.holdHeaders(gate));
    var first = bench.ask("up/app", "latest");
    gate.awaitHeld(1);

    var joined = journey.take(() -> bench.ask("up/app", "latest"));
    bench.settle();
    gate.release();

    Answers.found(await(first));
    Answers.found(await(joined));
    assertThat(span.begun()).isEmpty();
  }

  @Test
  void aFillAndItsResumeArePartsOfIt() {
    pull("latest");
    bench.registry.onGet(BLOBS).once(cutAt(SIZE / 2));
    journey.take(() -> bench.blob("up/app", image.layer(0), false));
    bench.drain();
    assertThat(span.ended()).containsExactly("GET manifest", "GET blob", "GET blob", "fill");
  }

  @Test
  void whatNobodyWaitsForIsNoPartOfIt() {
    FakeIndex index = bench.registry.index("app", "multi").platform("linux/amd64", 1000).push();
    bench.use(bench.rule("up", Bench.POLICIES.with(new Platforms.All())));

    pull("multi");
    bench.awaitHeard(4);

    String child = index.child("linux/amd64").digest().toString();
    assertThat(bench.registry.requests()).anyMatch(asked -> asked.path().endsWith(child));
    assertThat(span.begun()).isEqualTo(List.of("GET manifest"));
  }
}

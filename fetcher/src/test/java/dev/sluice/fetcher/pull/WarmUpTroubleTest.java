package dev.sluice.fetcher.pull;

import static dev.sluice.fetcher.fake.FakeRegistry.BLOBS;
import static dev.sluice.fetcher.pull.Answers.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.WarmUp;
import dev.sluice.fetcher.WarmUp.State;
import dev.sluice.fetcher.WarmUpAnswer;
import dev.sluice.fetcher.WarmUpRequest;
import dev.sluice.fetcher.WarmUps;
import dev.sluice.fetcher.fake.AnswerFaults;
import dev.sluice.metadata.Platforms;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Warm-ups that cannot go on, or shall not. */
class WarmUpTroubleTest {

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

  @Test
  void failuresAreListedAndTheOthersGoOn() {
    images(2);
    bench.registry.onGet("/many/manifests/t0").always(AnswerFaults.status(403));

    WarmUp ended = warming.warm("up/many:t0", "up/many:t1", "up/many:missing", "up/none:x");

    assertThat(ended.state()).isEqualTo(State.DONE);
    assertThat(ended.images()).isEqualTo(new WarmUp.Images(4, 1, 3));
    assertThat(ended.failures())
        .extracting(WarmUp.Failure::image)
        .containsExactlyInAnyOrder("up/many:t0", "up/many:missing", "up/none:x");
    assertThat(ended.failures())
        .filteredOn(failure -> failure.image().equals("up/many:t0"))
        .extracting(WarmUp.Failure::why)
        .first()
        .asString()
        .contains("it forbids this");
  }

  @Test
  void troubleIsOutlastedAndGivenUpAfterTheThirdTime() {
    images(2);
    bench.registry.onGet("/many/manifests/t0").times(2, AnswerFaults.status(400));
    bench.registry.onGet("/many/manifests/t1").always(AnswerFaults.status(400));

    WarmUp ended = warming.ended(warming.begin(List.of(), "up/many:t0", "up/many:t1"), bench.clock);

    assertThat(ended.images()).isEqualTo(new WarmUp.Images(2, 1, 1));
    assertThat(ended.failures().getFirst().image()).isEqualTo("up/many:t1");
    assertThat(bench.registry.count("GET", "/many/manifests/t1")).isEqualTo(3);
  }

  @Test
  void aBlobThatIsWrongIsNamedAsTheReason() {
    var image = bench.registry.image("bad", "latest").layer(1000).push();
    bench.registry.onGet(image.layer(0).hex()).always(AnswerFaults.flipBitAt(5));

    WarmUp ended = warming.ended(warming.begin(List.of(), "up/bad"), bench.clock);

    assertThat(ended.failures().getFirst().why()).contains(image.layer(0).toString());
  }

  @Test
  void aCancelledOneBeginsNothingMore() {
    String[] images = images(6);
    var gate = bench.registry.onGet(BLOBS).holdHeaders();
    String id = warming.begin(List.of(), images);
    gate.awaitHeld(2);

    assertThat(warming.cancel(id).state()).isEqualTo(State.CANCELLED);
    gate.release();
    bench.drain();
    bench.settle();

    assertThat(bench.registry.count("GET", BLOBS)).isEqualTo(2);
    assertThat(warming.now(id).state()).isEqualTo(State.CANCELLED);
    assertThat(warming.cancel(id).endedAt()).contains(bench.clock.instant());
  }

  @Test
  void aRuleThatIsGoneFailsWhatIsLeft() {
    String[] images = images(4);
    var gate = bench.registry.onGet(BLOBS).holdHeaders();
    String id = warming.begin(List.of(), images);
    gate.awaitHeld(2);
    bench.use();
    gate.release();

    WarmUp ended = warming.ended(id, bench.clock);

    assertThat(ended.images().failed()).isEqualTo(4);
    assertThat(ended.failures()).allMatch(failure -> failure.why().contains("no rule covers"));
  }

  @Test
  void mistakesAreToldAllAtOnceAndNothingBegins() {
    bench.use(
        bench.rule("up", Bench.POLICIES),
        bench.rule("more", Bench.POLICIES.with(new Platforms.All())));
    var request =
        new WarmUpRequest(
            List.of("up/one:1", "UP/two", "nowhere/three:3"),
            Optional.empty(),
            List.of("x*"),
            List.of(),
            List.of("linux"));

    assertThat(warming.ask(request))
        .isInstanceOfSatisfying(
            WarmUpAnswer.Invalid.class,
            invalid ->
                assertThat(invalid.mistakes())
                    .satisfiesExactlyInAnyOrder(
                        line -> assertThat(line).startsWith("platforms[0]: \"linux\" is not"),
                        line -> assertThat(line).startsWith("repositories and tags are patterns"),
                        line ->
                            assertThat(line).startsWith("images[1]: \"UP/two\" is not an image"),
                        line -> assertThat(line).startsWith("images[2]: no rule covers nowhere")));
    assertThat(await(warming.warmUps().all())).isEmpty();
    assertThat(bench.registry.requests()).isEmpty();
  }

  @Test
  void onlyFourGoOnAtOnceAndTwentyAreKept() {
    String[] image = images(1);
    var gate = bench.registry.onGet(BLOBS).holdHeaders();
    List<String> ids =
        IntStream.range(0, WarmUps.MOST_RUNNING)
            .mapToObj(i -> warming.begin(List.of(), image))
            .toList();
    assertThat(warming.ask(WarmUpRequest.of(List.of(image))))
        .isInstanceOf(WarmUpAnswer.TooMany.class);
    gate.release();
    ids.forEach(warming::ended);

    for (int i = 0; i < WarmUps.MOST_KEPT; i++) {
      warming.warm(image);
    }

    assertThat(await(warming.warmUps().all()))
        .hasSize(WarmUps.MOST_KEPT)
        .noneMatch(warmUp -> ids.contains(warmUp.id()));
    assertThat(await(warming.warmUps().find(ids.getFirst()))).isEmpty();
  }
}

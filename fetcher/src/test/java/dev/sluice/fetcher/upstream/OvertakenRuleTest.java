package dev.sluice.fetcher.upstream;

import static dev.sluice.fetcher.fake.FakeRegistry.BLOBS;
import static dev.sluice.fetcher.fake.FakeRegistry.MANIFESTS;
import static dev.sluice.fetcher.fake.FakeRegistry.TOKEN;
import static dev.sluice.fetcher.pull.Answers.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.ManifestAnswer;
import dev.sluice.fetcher.fake.AnswerFaults;
import dev.sluice.fetcher.fake.Content;
import dev.sluice.fetcher.fake.FakeImage;
import dev.sluice.fetcher.fake.Gate;
import dev.sluice.fetcher.fake.TravelFaults;
import dev.sluice.fetcher.pull.Answers;
import dev.sluice.fetcher.pull.Bench;
import dev.sluice.fetcher.pull.BenchOptions;
import dev.sluice.fetcher.pull.Download;
import dev.sluice.metadata.Rule;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A rule is changed or deleted while something that began under it goes on. */
class OvertakenRuleTest {

  @TempDir Path folder;
  @AutoClose private Bench bench;

  @BeforeEach
  void open() {
    bench = new Bench(folder, BenchOptions.plain().credential("user", "secret"));
  }

  @Test
  void fillsUnderRulesThatAreGoneAreResumedAndLeaveNoClient() {
    bench.use(bench.rule("up", Bench.POLICIES), bench.rule("two", Bench.POLICIES));
    FakeImage image = bench.registry.image("app", "latest").layer(100_000).layer(90_000).push();
    bench.found("up/app", "latest");
    bench.found("two/app", "latest");
    bench.registry.onGet(BLOBS).times(2, TravelFaults.cutAt(80_000));
    Gate gate = bench.registry.onGet(BLOBS).holdAt(50_000);
    Download first = await(bench.download("up/app", image.layer(0)));
    Download second = await(bench.download("two/app", image.layer(1)));
    gate.awaitHeld(2);
    assertThat(bench.upstreams().size()).isEqualTo(2);

    bench.use();
    bench.settle();
    gate.release();

    for (Download download : List.of(first, second)) {
      assertThat(download.end()).isInstanceOf(Download.End.Whole.class);
    }
    bench.drain();
    bench.settle();
    assertThat(bench.registry.count("GET", BLOBS)).isEqualTo(4);
    assertThat(bench.upstreams().size()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 503})
  void nothingMoreIsAskedUnderARuleThatIsGone(int status) {
    FakeImage image = bench.registry.image("app", "latest").push();
    bench.found("up/app", "latest");
    bench.registry.image("app", "latest").layer(10).push();
    bench.clock.advance(Bench.POLICIES.checkIntervals().usual());
    bench.registry.forgetRequests();
    if (status != 200) {
      bench.registry.onHead(MANIFESTS).once(AnswerFaults.status(status));
    }
    Gate gate = bench.registry.onHead(MANIFESTS).holdHeaders();
    var pull = bench.ask("up/app", "latest");
    gate.awaitHeld(1);

    bench.use();
    gate.release();

    assertThat(Answers.found(await(pull)).manifest().digest()).isEqualTo(image.digest());
    assertThat(bench.registry.requests()).hasSize(1);
    bench.settle();
    assertThat(bench.upstreams().size()).isZero();
  }

  /** The manifest is damaged, so that it is asked for twice. */
  private Future<ManifestAnswer> pullOfTwoQuestions(FakeImage image, Rule meanwhile) {
    bench.registry.onGet(MANIFESTS).once(AnswerFaults.flipBitAt(10));
    Gate gate = bench.registry.onGet(MANIFESTS).holdHeaders();
    var pull = bench.ask("up/app", image.digest());
    gate.awaitHeld(1);
    bench.use(meanwhile);
    gate.release();
    return pull;
  }

  @Test
  void aPullGoesOnUnderTheOtherPoliciesOfItsRule() {
    FakeImage image = bench.registry.image("app", "latest").push();
    Rule other = bench.rule("up", Bench.POLICIES.withCheckBudget(Duration.ofSeconds(1)));

    var pull = pullOfTwoQuestions(image, other);

    assertThat(Answers.found(await(pull)).manifest().digest()).isEqualTo(image.digest());
    assertThat(bench.registry.count("GET", MANIFESTS)).isEqualTo(2);
    assertThat(bench.upstreams().size()).isEqualTo(1);
  }

  @Test
  void aPullBeginsAnewUnderTheRuleThatTakesThePlaceOfItsOwn() {
    FakeImage image = bench.registry.image("app", "latest").push();
    Rule other = bench.rule("up", Bench.POLICIES, List.of("login"));

    var pull = pullOfTwoQuestions(image, other);

    assertThat(Answers.found(await(pull)).manifest().digest()).isEqualTo(image.digest());
    assertThat(bench.registry.count("GET", MANIFESTS)).isEqualTo(2);
    assertThat(bench.upstreams().size()).isEqualTo(1);
  }

  @Test
  void answersUnderWayComeToTheirEnd() {
    FakeImage image = bench.registry.image("app", "latest").layer(100_000).push();
    bench.found("up/app", "latest");
    Gate gate = bench.registry.onGet(BLOBS).holdAt(50_000);
    Download download = await(bench.download("up/app", image.layer(0)));
    gate.awaitHeld(1);

    bench.use(bench.rule("up", Bench.POLICIES, List.of("another")));
    bench.settle();
    bench.refused("up/app", "missing");
    gate.release();

    assertThat(download.end())
        .isInstanceOfSatisfying(
            Download.End.Whole.class, end -> assertThat(end.is(image.layer(0))).isTrue());
    assertThat(bench.registry.count("GET", BLOBS)).isEqualTo(1);
  }

  @Test
  void aQuestionOfSeveralRequestsIsNotInterruptedBetweenThem() {
    bench.registry.requireTokens();
    bench.registry.image("app", "latest").layer(Content.of("x")).push();
    Gate gate = bench.registry.onAny(TOKEN).holdHeaders();
    var pull = bench.ask("up/app", "latest");
    gate.awaitHeld(1);

    bench.use(bench.rule("other", Bench.POLICIES));
    bench.settle();
    gate.release();

    assertThat(await(pull)).isInstanceOf(ManifestAnswer.Found.class);
  }
}

package dev.sluice.fetcher.upstream;

import static dev.sluice.fetcher.fake.FakeRegistry.MANIFESTS;
import static dev.sluice.fetcher.fake.FakeRegistry.TOKEN;
import static dev.sluice.fetcher.pull.Answers.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.sluice.fetcher.ManifestAnswer;
import dev.sluice.fetcher.Refused;
import dev.sluice.fetcher.Refused.Reason;
import dev.sluice.fetcher.fake.AnswerFaults;
import dev.sluice.fetcher.fake.FakeImage;
import dev.sluice.fetcher.fake.Fault;
import dev.sluice.fetcher.fake.Gate;
import dev.sluice.fetcher.fake.TokenRealm;
import dev.sluice.fetcher.fake.TravelFaults;
import dev.sluice.fetcher.pull.Answers;
import dev.sluice.fetcher.pull.Bench;
import dev.sluice.fetcher.pull.BenchOptions;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tokens: one for many requests, for as long as it lasts. */
class TokenTest {

  @TempDir Path folder;
  @AutoClose private Bench bench;
  private TokenRealm realm;
  private List<FakeImage> images;

  @BeforeEach
  void open() {
    bench = new Bench(folder, BenchOptions.plain().impatient());
    realm = bench.registry.requireTokens();
    images =
        IntStream.range(0, 30)
            .mapToObj(i -> bench.registry.image("app", "t" + i).layer(i + 1).push())
            .toList();
  }

  @Test
  void manyRequestsShareOneToken() {
    Gate gate = bench.registry.onGet(TOKEN).holdHeaders();
    List<Future<ManifestAnswer>> answers = askForAll();
    gate.awaitHeld(1);
    bench.registry.awaitRequest(30, "GET", MANIFESTS);
    bench.settle();
    gate.release();
    assertThat(answers).allSatisfy(answer -> Answers.found(await(answer)));
    assertThat(bench.registry.tokensIssued()).isEqualTo(1);
    assertThat(bench.registry.count("GET", TOKEN)).isEqualTo(1);
    assertThat(bench.registry.count("GET", MANIFESTS)).isEqualTo(60);
  }

  @Test
  void aTokenIsForOneRepositoryAndForPulling() {
    bench.found("up/app", "t0");
    bench.registry.image("other", "latest").push();
    bench.found("up/other", "latest");
    assertThat(bench.registry.requests("GET", TOKEN))
        .extracting(request -> request.query())
        .containsExactly(
            "service=fake&scope=repository%3Aapp%3Apull",
            "service=fake&scope=repository%3Aother%3Apull");
  }

  @Test
  void aTokenIsUsedUntilItNearlyExpires() {
    realm.expiringIn(Duration.ofMinutes(5));
    bench.found("up/app", "t0");
    bench.clock.advance(Duration.ofSeconds(294));
    bench.found("up/app", "t1");
    assertThat(bench.registry.tokensIssued()).isEqualTo(1);
    assertThat(bench.registry.count("GET", MANIFESTS)).isEqualTo(3);
    bench.clock.advance(Duration.ofSeconds(1));
    bench.found("up/app", "t2");
    assertThat(bench.registry.tokensIssued()).isEqualTo(2);
  }

  @Test
  void aTokenThatDoesNotSayHowLongItLastsLastsAMinute() {
    realm.namingItAccessToken();
    bench.found("up/app", "t0");
    bench.clock.advance(Duration.ofSeconds(54));
    bench.found("up/app", "t1");
    assertThat(bench.registry.tokensIssued()).isEqualTo(1);
    bench.clock.advance(Duration.ofSeconds(1));
    bench.found("up/app", "t2");
    assertThat(bench.registry.tokensIssued()).isEqualTo(2);
  }

  @Test
  void aTokenThatWasRevokedIsReplacedOnce() {
    bench.found("up/app", "t0");
    realm.revokeAll();
    List<Future<ManifestAnswer>> answers = askForAll();
    assertThat(answers).allSatisfy(answer -> Answers.found(await(answer)));
    assertThat(bench.registry.tokensIssued()).isEqualTo(2);
  }

  @Test
  void aRegistryThatHonoursNoTokenCostsAtMostTwo() {
    bench.found("up/app", "t0");
    realm.refuseForEver();
    for (String tag : List.of("t1", "t2")) {
      int before = bench.registry.tokensIssued();
      Refused refused = bench.refused("up/app", tag);
      assertThat(refused.reason()).isEqualTo(Reason.UNAVAILABLE);
      assertThat(bench.registry.tokensIssued() - before).isBetween(1, 2);
    }
  }

  static Stream<Arguments> wrongAnswers() {
    return Stream.of(
        arguments("a page", AnswerFaults.html()),
        arguments("nothing", json("")),
        arguments("an array", json("[]")),
        arguments("no token", json("{}")),
        arguments("an empty token", json("{'token':''}")),
        arguments("a number", json("{'token':7}")),
        arguments("a token that breaks the line", json("{'token':'a\\r\\nX-Evil: 1'}")),
        arguments("a token with a space", json("{'token':'a b'}")),
        arguments("a huge answer", json("{'token':'" + "x".repeat(64 << 10) + "'}")),
        arguments("an endless answer", AnswerFaults.endless()),
        arguments("an answer that breaks off", TravelFaults.cutAt(5)),
        arguments("silence", TravelFaults.neverAnswer()),
        arguments("a closed connection", TravelFaults.closeUnanswered()),
        arguments("a reset connection", TravelFaults.resetUnanswered()),
        arguments("a redirect", AnswerFaults.redirectTo(307, "http://127.0.0.1:1/token")),
        arguments("an error", AnswerFaults.status(500)));
  }

  private static Fault json(String text) {
    return AnswerFaults.body("application/json", text.replace('\'', '"'));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wrongAnswers")
  void aTokenServiceThatAnswersWronglyIsSaidToBe(String name, Fault fault) {
    bench.registry.onGet(TOKEN).always(fault);

    Refused refused = bench.refused("up/app", "t0");

    assertThat(refused.reason()).isEqualTo(Reason.UNAVAILABLE);
    assertThat(refused.message()).contains("token service");
    assertThat(bench.registry.requests("GET", MANIFESTS))
        .allSatisfy(request -> assertThat(request.header("Authorization")).isEmpty());
    bench.registry.behave();
    bench.found("up/app", "t0");
  }

  private List<Future<ManifestAnswer>> askForAll() {
    List<Future<ManifestAnswer>> answers =
        images.stream().map(image -> bench.ask("up/app", image.digest())).toList();
    bench.settle();
    return answers;
  }
}

package dev.sluice.fetcher.upstream;

import static dev.sluice.fetcher.pull.Answers.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.sluice.fetcher.Validation;
import dev.sluice.fetcher.Validation.Invalid;
import dev.sluice.fetcher.Validation.Valid;
import dev.sluice.fetcher.fake.AnswerFaults;
import dev.sluice.fetcher.fake.Fault;
import dev.sluice.fetcher.fake.TravelFaults;
import dev.sluice.fetcher.pull.Bench;
import dev.sluice.fetcher.pull.BenchOptions;
import dev.sluice.metadata.Rule;
import io.vertx.core.Future;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What an operator is told of a rule whose registry is none, or cannot be reached. */
class StrangeUpstreamTest {

  private static final String GREETING = "^/v2/$";
  private static final String HEADER = "Docker-Distribution-Api-Version";

  @TempDir Path folder;
  private Bench bench;

  @BeforeEach
  void open() {
    bench = new Bench(folder, BenchOptions.plain().impatient());
    use(bench.registry.url());
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private void use(String endpoint) {
    bench.use(
        new Rule(
            "up",
            "registry.example",
            Optional.empty(),
            Optional.of(URI.create(endpoint)),
            List.of(),
            List.of(),
            Bench.POLICIES));
  }

  private void assertInvalid(String... words) {
    Validation found = bench.validate("up");
    assertThat(found).isInstanceOf(Invalid.class);
    assertThat(found.sentence()).startsWith("registry.example: ").contains(words).endsWith(".");
  }

  static Stream<Arguments> strangers() {
    return Stream.of(
        arguments(AnswerFaults.html(), "not as a registry does; check the rule's upstream"),
        arguments(AnswerFaults.body("application/json", "[]"), "not as a registry does"),
        arguments(
            AnswerFaults.endless().and(AnswerFaults.withoutHeader(HEADER)),
            "not as a registry does"),
        arguments(AnswerFaults.status(404), "it answered 404 to GET /v2/, which no registry does"),
        arguments(AnswerFaults.status(503), "it answered 503; it is ill itself"),
        arguments(AnswerFaults.status(401), "does not say how"),
        arguments(AnswerFaults.redirectTo(307, "file:///etc/passwd"), "where we do not go"),
        arguments(TravelFaults.neverAnswer(), "no answer in time"),
        arguments(TravelFaults.closeUnanswered(), "losed"));
  }

  @ParameterizedTest
  @MethodSource("strangers")
  void whatIsNoRegistryIsSaidNotToBe(Fault fault, String words) {
    bench.registry.onGet(GREETING).always(fault);
    assertInvalid(words);
  }

  @Test
  void anEmptyAnswerAndDockersHeaderAreARegistrysToo() {
    bench.registry.onGet(GREETING).once(AnswerFaults.body("text/plain", ""));
    assertThat(bench.validate("up")).isInstanceOf(Valid.class);
    bench
        .registry
        .onGet(GREETING)
        .once(AnswerFaults.html().and(AnswerFaults.header(HEADER, "registry/2.0")));
    assertThat(bench.validate("up")).isInstanceOf(Valid.class);
  }

  @Test
  void aPortWhereNothingListensIsSaidToBe() {
    try (CountingDoor door = new CountingDoor(bench.vertx, "127.0.0.1", 0)) {
      use("http://127.0.0.1:" + door.port());
    }
    Validation found = bench.validate("up");
    assertThat(found.sentence()).containsIgnoringCase("connection refused").contains("check the");
  }

  @Test
  void aPortThatDoesNotSpeakTlsIsSaidNotTo() {
    close();
    bench = new Bench(folder, BenchOptions.plain());
    var plain = bench.vertx.createHttpServer().requestHandler(request -> {});
    use("https://127.0.0.1:" + await(plain.listen(0, "127.0.0.1")).actualPort());
    assertInvalid("does not speak TLS at this port");
  }

  @Test
  void namesAndAddressesAreJudgedFirst() {
    Resolver names =
        host ->
            host.equals("house.example")
                ? Future.succeededFuture(List.of(InetAddress.ofLiteral("10.0.0.1")))
                : Future.failedFuture("the host " + host + " is not known to the name server");
    close();
    bench = new Bench(folder, BenchOptions.plain().resolver(names));
    use("http://house.example");
    assertInvalid("10.0.0.1 of house.example is private", "upstreams.allowPrivate must list it");
    use("http://lost.example");
    assertInvalid("the host lost.example is not known to the name server");
  }
}

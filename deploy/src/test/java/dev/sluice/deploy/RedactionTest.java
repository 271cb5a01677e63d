package dev.sluice.deploy;

import static dev.sluice.fetcher.fake.FakeRegistry.BLOBS;
import static dev.sluice.fetcher.fake.FakeRegistry.CDN;
import static dev.sluice.fetcher.fake.FakeRegistry.TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.Via;
import dev.sluice.fetcher.fake.AnswerFaults;
import dev.sluice.fetcher.fake.FakeImage;
import dev.sluice.fetcher.fake.FakeOptions;
import dev.sluice.fetcher.fake.FakeRegistry;
import dev.sluice.fetcher.fake.Fault;
import dev.sluice.fetcher.fake.Redirects;
import dev.sluice.fetcher.fake.SelfSigned;
import dev.sluice.fetcher.fake.TravelFaults;
import dev.sluice.fetcher.pull.Bench;
import dev.sluice.fetcher.upstream.AddressGuard;
import dev.sluice.fetcher.upstream.AddressRange;
import dev.sluice.fetcher.upstream.Credential;
import dev.sluice.fetcher.upstream.Deadlines;
import dev.sluice.fetcher.upstream.Purpose;
import dev.sluice.fetcher.upstream.Resolver;
import dev.sluice.fetcher.upstream.Upstream;
import dev.sluice.fetcher.upstream.UpstreamAnswer;
import dev.sluice.fetcher.upstream.Upstreams;
import dev.sluice.metadata.Reference;
import dev.sluice.metadata.Rule;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** However an upstream fails, no secret stands in a log line, a metric, or an answer's reason. */
final class RedactionTest {

  private static final String PASSWORD = "pa55word";
  private static final String SIGNATURE = "X-Signature=5ignature";
  private static final String LOGIN =
      Base64.getEncoder().encodeToString(("ann:" + PASSWORD).getBytes(StandardCharsets.UTF_8));
  private static final String[] SECRETS = {
    PASSWORD, LOGIN, "5ignature", "fake-token-", "t0ken", "Basic ", "Bearer "
  };

  @TempDir Path folder;
  private final Vertx vertx = Vertx.vertx();
  private final NodeMetrics metrics = new NodeMetrics(Clock.systemUTC());
  @AutoClose private final SpokenLines log = new SpokenLines();
  private final List<String> said = new ArrayList<>();
  private FakeRegistry registry;
  private FakeImage image;

  @BeforeEach
  void listen() {
    registry = FakeRegistry.start(vertx);
    image = registry.image("app", "latest").layer(1000).push();
  }

  @AfterEach
  void close() throws Exception {
    registry.close();
    vertx.close().toCompletionStage().toCompletableFuture().get();
  }

  @Test
  void aTokenServiceThatFails() {
    registry.requireTokens().forAccount("ann", PASSWORD);
    Stream.of(
            AnswerFaults.status(401),
            AnswerFaults.status(500),
            AnswerFaults.tooManyRequests("5"),
            AnswerFaults.html(),
            token("{\"token\":\"t0ken with a space\"}"),
            token("{\"token\":\"t0ken"),
            AnswerFaults.redirectTo(307, "http://127.0.0.1:1/?" + SIGNATURE),
            TravelFaults.cutAt(5),
            TravelFaults.closeUnanswered())
        .forEach(
            fault -> {
              registry.onGet(TOKEN).times(3, fault);
              askEverything(registry.url());
              registry.behave();
            });
    registry.requireTokens().forAccount("ann", PASSWORD).refuseForEver();
    askEverything(registry.url());
    registry.requireTokens().at("http://evil.example/?" + SIGNATURE);
    askEverything(registry.url());
    assertSilent();
  }

  private static Fault token(String json) {
    return AnswerFaults.body("application/json", json);
  }

  @Test
  void aCredentialThatIsNotAccepted() {
    registry.requireBasic("ann", "another");
    askEverything(registry.url());
    registry.requireTokens().forAccount("ann", "another");
    askEverything(registry.url());
    assertSilent();
  }

  @Test
  void aRedirectWithASignedQueryThatFails() {
    registry.requireBasic("ann", PASSWORD);
    for (String location :
        List.of(
            "http://127.0.0.1:1/x?" + SIGNATURE,
            "http://10.0.0.1/x?" + SIGNATURE,
            "http://nowhere.invalid/x?" + SIGNATURE,
            "http://ann:" + PASSWORD + "@127.0.0.1/x?" + SIGNATURE,
            "file:///x?" + SIGNATURE,
            "http://a b/?" + SIGNATURE,
            "https://127.0.0.1:" + URI.create(registry.url()).getPort() + "/x?" + SIGNATURE)) {
      registry.onGet(BLOBS).times(9, AnswerFaults.redirectTo(307, location));
      registry.onGet("^/v2/$").times(9, AnswerFaults.redirectTo(307, location));
      askEverything(registry.url());
      registry.behave();
    }
    registry.redirectBlobs(Redirects.plain());
    registry.onGet(CDN).always(AnswerFaults.status(403));
    askEverything(registry.url());
    assertSilent();
  }

  @Test
  void aTlsHandshakeThatFails() {
    try (FakeRegistry tls =
        FakeRegistry.start(vertx, FakeOptions.plain().tls(SelfSigned.in(folder)))) {
      askEverything(tls.url());
    }
    assertSilent();
  }

  /** Notes what is said for a person: the answers' reasons. */
  private void askEverything(String endpoint) {
    Rule rule =
        new Rule(
            "up",
            "registry.example",
            Optional.empty(),
            Optional.of(URI.create(endpoint)),
            List.of("login"),
            List.of(),
            Bench.POLICIES);
    AddressRange loopback = AddressRange.parse("127.0.0.0/8").orElseThrow();
    Duration time = Duration.ofSeconds(2);
    Upstreams.Setup outside =
        new Upstreams.Setup(
            new AddressGuard(loopback::contains),
            Resolver.SYSTEM,
            name -> Optional.of(new Credential("ann", PASSWORD)),
            new Deadlines(time, time, time),
            new UpstreamCheck.Unkept(),
            Via.pseudonym());
    try (Upstreams upstreams =
        new Upstreams(vertx, Clock.systemUTC(), outside, metrics.fetching())) {
      Upstream upstream = upstreams.of(rule);
      note(upstream.validate());
      Reference latest = Reference.parse("latest").orElseThrow();
      note(upstream.manifest("app", latest, Purpose.PULL));
      note(upstream.headBlob("app", image.layer(0), Purpose.PULL));
      note(upstream.blob("app", image.layer(0), Purpose.PULL));
      said.add(rule.toString());
    }
  }

  private void note(Object answer) {
    if (!(answer instanceof UpstreamAnswer.Got<?>)) {
      said.add(answer.toString());
    }
  }

  private void assertSilent() {
    List<String> all = new ArrayList<>(said);
    assertThat(log.all()).isNotEmpty();
    all.addAll(log.all());
    all.add(metrics.scrape());
    assertThat(said).anySatisfy(line -> assertThat(line).contains("registry.example"));
    assertThat(all).allSatisfy(line -> assertThat(line).doesNotContain(SECRETS));
  }
}

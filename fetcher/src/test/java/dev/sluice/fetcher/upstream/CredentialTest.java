package dev.sluice.fetcher.upstream;

import static dev.sluice.fetcher.fake.FakeRegistry.BLOBS;
import static dev.sluice.fetcher.fake.FakeRegistry.CDN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.Refused.Reason;
import dev.sluice.fetcher.fake.FakeImage;
import dev.sluice.fetcher.fake.FakeRegistry;
import dev.sluice.fetcher.fake.Listener;
import dev.sluice.fetcher.fake.Redirects;
import dev.sluice.fetcher.pull.Bench;
import dev.sluice.fetcher.pull.BenchOptions;
import dev.sluice.fetcher.pull.Download;
import dev.sluice.metadata.Rule;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** To whom a rule's credential is shown, and to whom it is not. */
class CredentialTest {

  @TempDir Path folder;
  @AutoClose private Bench bench;
  private FakeImage image;

  @BeforeEach
  void open() {
    bench = new Bench(folder, BenchOptions.plain().credential("ann", "s3cret:pw"));
    bench.use(loginRule(bench));
    image = bench.registry.image("app", "latest").layer(1000).push();
  }

  @Test
  void aTokenServiceOnTheRegistrysHostIsShownIt() {
    bench.registry.requireTokens().forAccount("ann", "s3cret:pw");
    bench.found("up/app", "latest");
    assertThat(bench.registry.tokensIssued()).isEqualTo(1);
  }

  @Test
  void basicAuthenticationIsAnsweredOnlyWhenAsked() {
    bench.found("up/app", "latest");
    assertThat(bench.registry.requests().getFirst().header("Authorization")).isEmpty();
    bench.registry.requireBasic("ann", "s3cret:pw");
    assertThat(bench.read("up/app", image.layer(0))).isInstanceOf(Download.End.Whole.class);
    assertThat(bench.registry.count("GET", BLOBS)).isEqualTo(2);
  }

  @Test
  void aWrongCredentialIsSaidToBeNotAccepted() {
    bench.registry.requireBasic("ann", "another");
    var refused = bench.refused("up/app", "latest");
    assertThat(refused.reason()).isEqualTo(Reason.UNAVAILABLE);
    assertThat(refused.message())
        .contains("does not accept the credential")
        .doesNotContain("s3cret");
    assertThat(bench.registry.requests()).hasSize(2);
  }

  @Test
  void withoutACredentialTheReasonNamesTheRule() {
    bench.use(bench.rule("up", Bench.POLICIES));
    bench.registry.requireBasic("ann", "s3cret:pw");
    assertThat(bench.refused("up/app", "latest").message())
        .contains("asks for a login; the rule up has no credential");
    bench.registry.requireTokens().forAccount("ann", "s3cret:pw");
    assertThat(bench.refused("up/app", "latest").message()).contains("token service answered 401");
  }

  @Test
  void aCredentialThatCannotBeReadIsSaidToBe() {
    try (Bench without = new Bench(folder.resolve("without"))) {
      without.use(loginRule(without));
      assertThat(without.refused("up/app", "latest").message()).contains("login cannot be read");
      assertThat(without.registry.requests()).isEmpty();
    }
  }

  @Test
  void aRealmOnAnotherHostIsNotAsked() {
    try (FakeRegistry other = FakeRegistry.start(bench.vertx)) {
      String elsewhere = other.url(Listener.TOKENS).replace("127.0.0.1", "localhost");
      bench.registry.requireTokens().at(elsewhere + "/token");
      assertThat(bench.refused("up/app", "latest").message()).contains("token realm");
      assertThat(other.connections()).isZero();
    }
  }

  @Test
  void withoutACredentialThereIsNothingToHideFromARealm() {
    bench.use(bench.rule("up", Bench.POLICIES));
    try (FakeRegistry other = FakeRegistry.start(bench.vertx)) {
      String elsewhere = other.url(Listener.TOKENS).replace("127.0.0.1", "localhost");
      bench.registry.requireTokens().at(elsewhere + "/token");
      assertThat(bench.refused("up/app", "latest").message()).contains("token service answered");
      assertThat(other.requests())
          .singleElement()
          .satisfies(request -> assertThat(request.headers().has("Authorization")).isFalse());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bearer realm=\"file:///etc/passwd\"",
        "Bearer realm=\"http://127.0.0.1@localhost/token\"",
        "Bearer realm=\"http://ann:pw@127.0.0.1/token\"",
        "Bearer realm=\"not a url\"",
        "Bearer realm=\"/token\"",
        "Bearer service=\"fake\"",
        "Bearer",
        "Bearer realm=\"unclosed",
        "Negotiate",
        ""
      })
  void aChallengeThatMakesNoSenseIsTrouble(String challenge) {
    bench.registry.requireTokens().challenging(challenge);
    assertThat(bench.refused("up/app", "latest").reason()).isEqualTo(Reason.UNAVAILABLE);
    assertThat(bench.registry.requests()).hasSize(1);
  }

  @Test
  void aRedirectToAnotherPortTakesNoCredentialAlong() {
    bench.registry.requireBasic("ann", "s3cret:pw");
    bench.registry.redirectBlobs(Redirects.plain());
    assertThat(bench.read("up/app", image.layer(0))).isInstanceOf(Download.End.Whole.class);
    assertThat(bench.registry.count("GET", CDN)).isEqualTo(1);
    assertThat(bench.registry.credentialsSeenByCdn()).isEmpty();
  }

  @Test
  void aTokenIsNotTakenAlongEither() {
    bench.registry.requireTokens().forAccount("ann", "s3cret:pw");
    bench.registry.redirectBlobs(Redirects.plain().hops(3));
    assertThat(bench.read("up/app", image.layer(0))).isInstanceOf(Download.End.Whole.class);
    assertThat(bench.registry.count("GET", CDN)).isEqualTo(3);
    assertThat(bench.registry.credentialsSeenByCdn()).isEmpty();
  }

  /** The rule {@code up}, with the credential {@code login}. */
  static Rule loginRule(Bench bench) {
    Rule open = bench.rule("up", Bench.POLICIES);
    return new Rule(
        open.prefix(),
        open.upstream(),
        open.upstreamPrefix(),
        open.endpoint(),
        List.of("login"),
        List.of(),
        open.policies());
  }
}

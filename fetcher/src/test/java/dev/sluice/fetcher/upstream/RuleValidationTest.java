package dev.sluice.fetcher.upstream;

import static dev.sluice.fetcher.fake.FakeRegistry.TOKEN;
import static dev.sluice.fetcher.pull.Answers.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.Validation;
import dev.sluice.fetcher.Validation.Invalid;
import dev.sluice.fetcher.Validation.Valid;
import dev.sluice.fetcher.fake.AnswerFaults;
import dev.sluice.fetcher.fake.FakeRegistry;
import dev.sluice.fetcher.fake.Listener;
import dev.sluice.fetcher.pull.Bench;
import dev.sluice.fetcher.pull.BenchOptions;
import dev.sluice.metadata.Rule;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator is told about a rule. */
class RuleValidationTest {

  private static final String GREETING = "^/v2/$";
  private static final String SECRET = "s3cret";

  @TempDir Path folder;
  private Bench bench;

  @BeforeEach
  void open() {
    bench =
        new Bench(
            folder,
            BenchOptions.plain()
                .impatient()
                .credentials(
                    Map.of(
                        "login",
                        new Credential("ann", SECRET),
                        "second",
                        new Credential("bob", "an0ther"))));
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private void use(String endpoint, String... credentials) {
    bench.use(
        new Rule(
            "up",
            "registry.example",
            Optional.empty(),
            Optional.of(URI.create(endpoint)),
            List.of(credentials),
            List.of(),
            Bench.POLICIES));
  }

  private void use(List<String> credentials) {
    use(bench.registry.url(), credentials.toArray(String[]::new));
  }

  private void assertValid(String... words) {
    Validation found = bench.validate("up");
    assertThat(found).isInstanceOf(Valid.class);
    assertThat(found.sentence()).startsWith("registry.example: ").contains(words).endsWith(".");
  }

  private void assertInvalid(String... words) {
    Validation found = bench.validate("up");
    assertThat(found).isInstanceOf(Invalid.class);
    assertThat(found.sentence())
        .startsWith("registry.example: ")
        .contains(words)
        .endsWith(".")
        .doesNotContain(SECRET, "an0ther");
  }

  @Test
  void aRegistryThatLetsEverybodyInIsValid() {
    use(List.of());
    assertValid("it answers, and lets everybody in");
    use(List.of("login"));
    assertValid("did not ask for a credential");
  }

  @Test
  void anonymousTokensAreEnoughWithoutACredential() {
    use(List.of());
    bench.registry.requireTokens();
    assertValid("lets everybody pull what is public");
    assertThat(bench.registry.requests("GET", TOKEN))
        .extracting(request -> request.query())
        .containsExactly("service=fake");
  }

  @Test
  void aRepositoryGivenAsAnExampleIsAskedForAndNothingElse() {
    use(List.of());
    var realm = bench.registry.requireTokens();
    String challenge =
        "Bearer realm=\"" + bench.registry.url(Listener.TOKENS) + "/token\",service=\"fake\"";
    realm.challenging(challenge + ",scope=\"repository:user/image:pull\"");
    assertValid("it answers");
    realm.challenging(challenge + ",scope=\"repository:user/image:pull,push\"");
    assertValid("it answers");
    assertThat(bench.registry.requests("GET", TOKEN))
        .extracting(request -> request.query())
        .containsExactly("service=fake&scope=repository%3Auser%2Fimage%3Apull", "service=fake");
  }

  @Test
  void aLoginThatTheRuleLacksIsMissed() {
    use(List.of());
    bench.registry.requireBasic("ann", SECRET);
    assertInvalid("asks for a login, which the rule lacks", "give the rule a credential");
    bench.registry.requireTokens().forAccount("ann", SECRET);
    assertInvalid("asks for a login, which the rule lacks", "token service answered 401");
  }

  @Test
  void aCredentialIsTriedWithTheRegistryOrItsTokenService() {
    use(List.of("login"));
    bench.registry.requireBasic("ann", SECRET);
    assertValid("accepts the credential login");
    bench.registry.requireTokens().forAccount("ann", SECRET);
    assertValid("accepts the credential login");
    bench.registry.requireTokens().forAccount("ann", SECRET).refuseForEver();
    assertInvalid("does not accept the credential login", "it answered 401");
  }

  @Test
  void ofSeveralCredentialsTheFirstThatIsRefusedIsNamed() {
    use(List.of("login", "second"));
    bench.registry.requireBasic("ann", SECRET);
    assertInvalid("does not accept the credential second", "secrets.dir");
    bench.registry.requireTokens().forAccount("bob", "an0ther");
    assertInvalid(
        "does not accept the credential login", "its token service answered 401", "secrets.dir");
  }

  @Test
  void aCredentialThatCannotBeReadIsNamedBeforeAnythingIsAsked() {
    use(List.of("login", "lost"));
    assertInvalid("the credential lost cannot be read", "secrets.dir");
    assertThat(bench.registry.requests()).isEmpty();
  }

  @Test
  void aRealmThatIsNotTrustedIsNamed() {
    use(List.of("login"));
    try (FakeRegistry other = FakeRegistry.start(bench.vertx)) {
      String elsewhere = other.url(Listener.TOKENS).replace("127.0.0.1", "localhost");
      bench.registry.requireTokens().at(elsewhere + "/token");
      assertInvalid("token realm " + elsewhere, "tokenRealms must list its host");
      assertThat(other.connections()).isZero();
    }
  }

  @Test
  void aRateLimitIsNoFault() {
    use(List.of("login"));
    bench.registry.onGet(GREETING).once(AnswerFaults.tooManyRequests("60"));
    assertValid("limits the rate just now");
    bench.registry.requireTokens().forAccount("ann", SECRET);
    bench.registry.onGet(TOKEN).once(AnswerFaults.tooManyRequests("60"));
    assertValid("limits the rate just now");
  }

  @Test
  void aPrefixWithoutARuleIsSaidToBe() {
    assertThat(bench.validate("down")).isEqualTo(new Invalid("there is no rule down."));
  }

  @Test
  void failuresElsewhereDoNotStandInItsWay() {
    use(List.of());
    bench.registry.onAny("^/v2/app/").always(AnswerFaults.status(503));
    for (int i = 0; i < 20; i++) {
      await(bench.ask("up/app", "t" + i));
    }
    assertValid("it answers");
  }
}

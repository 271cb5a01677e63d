package dev.sluice.fetcher.fake;

import static dev.sluice.fetcher.fake.FakeRegistry.TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Proves each way in, and each way of being kept out. */
class FakeAccessTest {
  private static final String SCOPE = "repository:library/app:pull";

  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
  private final Clock clock = ((InstantSource) now::get).withZone(ZoneOffset.UTC);
  @AutoClose private final Stage stage = new Stage(FakeOptions.plain().clock(clock));
  private final FakeRegistry registry = stage.registry;
  private final String manifest = registry.url() + "/v2/library/app/manifests/latest";

  @BeforeEach
  void pushAnImage() {
    registry.image("library/app", "latest").layer(10).push();
  }

  @Test
  void basicOpensWithTheRightPasswordOnly() throws IOException {
    registry.requireBasic("ann", "secret");
    var refused = stage.browser.get(manifest);
    assertThat(refused.statusCode()).isEqualTo(401);
    assertThat(challenge(refused)).isEqualTo("Basic realm=\"fake\"");
    assertThat(get(manifest, basic("ann", "wrong")).statusCode()).isEqualTo(401);
    assertThat(get(manifest, basic("ann", "secret")).statusCode()).isEqualTo(200);
  }

  @Test
  void theChallengeLeadsToATokenThatOpensItsRepositoryOnly() throws IOException {
    registry.requireTokens();
    registry.image("other", "latest").push();
    assertThat(challenge(stage.browser.get(manifest)))
        .isEqualTo("Bearer realm=\"" + realm() + "\",service=\"fake\",scope=\"" + SCOPE + '"');
    String bearer = "Bearer " + token("token");
    assertThat(get(manifest, bearer).statusCode()).isEqualTo(200);
    assertThat(get(registry.url() + "/v2/", bearer).statusCode()).isEqualTo(200);
    var other = get(registry.url() + "/v2/other/manifests/latest", bearer);
    assertThat(challenge(other)).contains("error=\"insufficient_scope\"");
    assertThat(registry.tokensIssued()).isEqualTo(1);
    assertThat(registry.count("GET", TOKEN)).isEqualTo(1);
  }

  @Test
  void aTokenEndsWithItsTime() throws IOException {
    registry.requireTokens().expiringIn(Duration.ofMinutes(5)).namingItAccessToken();
    String bearer = "Bearer " + token("access_token");
    now.set(Instant.EPOCH.plusSeconds(299));
    assertThat(get(manifest, bearer).statusCode()).isEqualTo(200);
    now.set(Instant.EPOCH.plusSeconds(300));
    assertThat(challenge(get(manifest, bearer))).contains("error=\"invalid_token\"");
  }

  @Test
  void revokedTokensAreRefusedAndNewOnesServed() throws IOException {
    TokenRealm realm = registry.requireTokens();
    String bearer = "Bearer " + token("token");
    realm.revokeAll();
    assertThat(get(manifest, bearer).statusCode()).isEqualTo(401);
    assertThat(get(manifest, "Bearer " + token("token")).statusCode()).isEqualTo(200);
    realm.refuseForEver();
    assertThat(get(manifest, "Bearer " + token("token")).statusCode()).isEqualTo(401);
    assertThat(realm.issued()).isEqualTo(3);
  }

  @Test
  void anAccountMayBeNeededForTokens() throws IOException {
    registry.requireTokens().forAccount("ann", "secret");
    assertThat(stage.browser.get(tokenUrl()).statusCode()).isEqualTo(401);
    assertThat(get(tokenUrl(), basic("ann", "wrong")).statusCode()).isEqualTo(401);
    assertThat(get(tokenUrl(), basic("ann", "secret")).statusCode()).isEqualTo(200);
  }

  @Test
  void theRealmMayBeOnTheRegistrysPortAndTheChallengeAnything() throws IOException {
    TokenRealm realm = registry.requireTokens().at(registry.url() + "/token").service("s");
    assertThat(challenge(stage.browser.get(manifest))).contains(registry.url() + "/token");
    String here = registry.url() + "/token?service=s&scope=" + SCOPE;
    assertThat(stage.browser.get(here).statusCode()).isEqualTo(200);
    realm.challenging("Bearer realm=");
    assertThat(challenge(stage.browser.get(manifest))).isEqualTo("Bearer realm=");
  }

  @Test
  void refusedRequestsUseUpNoFault() throws IOException {
    registry.requireTokens();
    registry.onGet(FakeRegistry.MANIFESTS).once(AnswerFaults.status(500));
    assertThat(stage.browser.get(manifest).statusCode()).isEqualTo(401);
    assertThat(get(manifest, "Bearer " + token("token")).statusCode()).isEqualTo(500);
  }

  @Test
  void theTokenEndpointMisbehavesToo() throws IOException {
    registry.requireTokens();
    registry.onGet(TOKEN).once(AnswerFaults.body("application/json", "[]"));
    assertThat(new String(stage.browser.get(tokenUrl()).body(), StandardCharsets.UTF_8))
        .isEqualTo("[]");
    assertThat(registry.tokensIssued()).isZero();
  }

  private HttpResponse<byte[]> get(String url, String authorization) throws IOException {
    return stage.browser.get(url, "Authorization", authorization);
  }

  private String token(String field) throws IOException {
    return new JsonObject(new String(stage.browser.get(tokenUrl()).body(), StandardCharsets.UTF_8))
        .getString(field);
  }

  private String tokenUrl() {
    return realm() + "?service=fake&scope=" + SCOPE;
  }

  private String realm() {
    return registry.url(Listener.TOKENS) + "/token";
  }

  private static String challenge(HttpResponse<byte[]> answer) {
    return answer.headers().firstValue("WWW-Authenticate").orElseThrow();
  }

  private static String basic(String user, String password) {
    byte[] pair = (user + ':' + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }
}

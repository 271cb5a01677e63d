package dev.sluice.gateway.warmup;

import static dev.sluice.gateway.warmup.LiveApi.JSON;
import static dev.sluice.gateway.warmup.LiveApi.PATH;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.access.AccessKey;
import dev.sluice.gateway.access.Anonymous;
import dev.sluice.gateway.access.Operator;
import dev.sluice.gateway.live.Reply;
import java.io.IOException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may ask for warm-ups: administrators, and this machine where the operator named nobody. */
class WarmUpAccessTest {

  private static final String ID = "AKIASLUICEADMIN00001";
  private static final String SECRET = "a".repeat(40);
  private static final String BODY = "{\"images\": [\"up/x:1\"]}";
  private static final String HERE = "Host: 127.0.0.1:5000";

  @AutoClose private final LiveApi api = new LiveApi();
  private AccessKey admin;

  @BeforeEach
  void list() {
    admin = api.operator.key(ID, SECRET, "admin");
    api.operator.key("AKIASLUICECI00000001", SECRET, "pull:*");
    api.operator.user("root", "root's password", "admin");
    api.operator.user("ann", "ann's password", "pull:*");
    api.operator.anonymous(Anonymous.LOOPBACK);
  }

  private Reply post(String... headers) throws IOException {
    String[] all = new String[headers.length + 2];
    all[0] = HERE;
    all[1] = JSON;
    System.arraycopy(headers, 0, all, 2, headers.length);
    return api.ask("POST", PATH, BODY, all);
  }

  private static String login(String name, String password) {
    return "Authorization: " + Operator.basic(name, password);
  }

  @Test
  void administratorsLogInAsForTheRegistryOrWithAKeysSecret() throws IOException {
    assertThat(post(login("root", "root's password")).status()).isEqualTo(202);
    assertThat(post(login(ID, SECRET)).status()).isEqualTo(202);
    String token = api.access.tokens().issue(admin).password();
    assertThat(post(login("AWS", token)).status()).isEqualTo(202);
    assertThat(api.warmUps.begun).hasSize(3);
  }

  @Test
  void othersAreToldWhatTheyLack() throws IOException {
    assertThat(post(login("ann", "ann's password")).status()).isEqualTo(403);
    Reply key = post(login("AKIASLUICECI00000001", SECRET));
    assertThat(key.status()).isEqualTo(403);
    assertThat(key.text()).contains("does not have the grant admin");
    assertThat(api.warmUps.begun).isEmpty();
  }

  @Test
  void wrongLoginsAreUnknownAndHaveToWaitAtLast() throws IOException {
    assertThat(post(login("root", "x")).status()).isEqualTo(401);
    for (int i = 0; i < 5; i++) {
      assertThat(post(login(ID, "wrong" + i)).status()).isEqualTo(401);
    }
    Reply late = post(login(ID, SECRET));
    assertThat(late.status()).isEqualTo(429);
    assertThat(late.header("Retry-After")).isEqualTo("1");
  }

  @Test
  void nobodyMayDoAnythingWithoutALoginAlsoOnThisMachine() throws IOException {
    for (String method : new String[] {"GET", "POST", "DELETE"}) {
      Reply refused = api.ask(method, PATH, "", HERE, JSON);
      assertThat(refused.status()).isEqualTo(401);
      assertThat(refused.errorCode()).isEqualTo("UNAUTHORIZED");
      assertThat(refused.header("WWW-Authenticate"))
          .isEqualTo("Basic realm=\"https://cache.example/\", charset=\"UTF-8\"");
    }
  }

  @Test
  void whereTheOperatorNamedNobodyThisMachineMay() throws IOException {
    api.namesNobody = true;
    assertThat(post().status()).isEqualTo(202);
    assertThat(api.ask("GET", PATH, "", "Host: localhost:5000").status()).isEqualTo(200);
    assertThat(api.ask("GET", PATH, "", "Host: [::1]:5000").status()).isEqualTo(200);
    assertThat(api.askFrom("127.0.0.9", "GET", PATH, HERE).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"NONE", "PULL"})
  void butNotWhereOthersMayPullOrNobody(Anonymous anonymous) throws IOException {
    api.namesNobody = true;
    api.operator.anonymous(anonymous);
    Reply refused = post();
    assertThat(refused.status()).isEqualTo(401);
    assertThat(refused.text()).contains("name an access key or a user");
  }

  @ParameterizedTest
  @ValueSource(strings = {"X-Forwarded-For: 10.0.0.1", "Forwarded: for=10.0.0.1", "Via: 1.1 proxy"})
  void norThroughAProxy(String header) throws IOException {
    api.namesNobody = true;
    assertThat(post(header).status()).isEqualTo(401);
  }

  @Test
  void norByANameThatAPageOfElsewhereWasLent() throws IOException {
    api.namesNobody = true;
    assertThat(api.ask("GET", PATH, "", "Host: evil.example:5000").status()).isEqualTo(401);
    assertThat(api.ask("GET", PATH, "", "Host: 127.0.0.1.evil.example").status()).isEqualTo(401);
  }

  @Test
  void pagesOfOtherSitesAreRefusedWhoeverIsLoggedIn() throws IOException {
    api.namesNobody = true;
    assertThat(post("Origin: https://evil.example").status()).isEqualTo(403);
    assertThat(post("Origin: null").status()).isEqualTo(403);
    assertThat(post("Origin: https://cache.example").status()).isEqualTo(202);
    assertThat(post("Origin: http://127.0.0.1:5000").status()).isEqualTo(202);
  }
}

package dev.sluice.gateway.console;

import static dev.sluice.gateway.console.LiveConsole.ID;
import static dev.sluice.gateway.console.LiveConsole.JSON;
import static dev.sluice.gateway.console.LiveConsole.ORIGIN;
import static dev.sluice.gateway.console.LiveConsole.SECRET;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.access.Anonymous;
import dev.sluice.gateway.access.Operator;
import dev.sluice.gateway.access.Sessions;
import dev.sluice.gateway.live.Reply;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Logging in to the console, and how long that lasts. */
class SessionTest {

  private static final String PATH = "/api/v1/session";

  @AutoClose private final LiveConsole console = new LiveConsole();

  @Test
  void aKeyAndItsSecretLogIn() throws IOException {
    Reply reply = console.login(ID, SECRET);
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().getString("name")).isEqualTo(ID);
    assertThat(reply.json().getBoolean("admin")).isTrue();
    assertThat(reply.json().getBoolean("anonymous")).isFalse();
    assertThat(reply.header("Set-Cookie"))
        .startsWith(Sessions.COOKIE + '=')
        .contains("; Path=/", "; HttpOnly", "; SameSite=Strict", "; Max-Age=43200", "; Secure")
        .doesNotContain(SECRET);
  }

  @Test
  void aUserLogsInAndIsWhoTheyAre() throws IOException {
    Reply shown = console.get(PATH, console.ann());
    assertThat(shown.status()).isEqualTo(200);
    assertThat(shown.json().getString("name")).isEqualTo("ann");
    assertThat(shown.json().getBoolean("admin")).isFalse();
    assertThat(shown.json().getString("publicUrl")).isEqualTo("https://cache.example");
    assertThat(shown.json().getString("registryId")).isEqualTo("123456789012");
    assertThat(shown.json().getString("node")).isEqualTo("a");
  }

  @Test
  void withoutTlsTheCookieIsNotForTlsOnly() throws IOException {
    try (LiveConsole plain = new LiveConsole(URI.create("http://cache.example"))) {
      String body = "{\"name\":\"root\",\"password\":\"root's password\"}";
      Reply reply = plain.ask("POST", PATH, body, JSON, "Origin: http://cache.example");
      assertThat(reply.header("Set-Cookie")).contains("HttpOnly").doesNotContain("Secure");
    }
  }

  @Test
  void wrongOnesAreRefusedAlikeAndHaveToWaitAtLast() throws IOException {
    Reply wrong = console.login("root", "x");
    Reply nobody = console.login("nobody", "x");
    assertThat(wrong.status()).isEqualTo(401);
    assertThat(wrong.errorCode()).isEqualTo("UNAUTHORIZED");
    assertThat(wrong.header("Set-Cookie")).isNull();
    assertThat(wrong.header("WWW-Authenticate")).startsWith("Session");
    assertThat(nobody.text()).isEqualTo(wrong.text());
    for (int i = 0; i < 5; i++) {
      console.login(ID, "wrong" + i);
    }
    Reply late = console.login(ID, SECRET);
    assertThat(late.status()).isEqualTo(429);
    assertThat(late.header("Retry-After")).isEqualTo("1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "{\"name\":\"root\"}", "{\"name\":1,\"password\":2}"})
  void whatIsNoLoginIsRefused(String body) throws IOException {
    assertThat(console.ask("POST", PATH, body, JSON, ORIGIN).status()).isEqualTo(400);
  }

  @Test
  void aRegistryTokenMakesNoSession() throws IOException {
    assertThat(console.login("AWS", "anything").status()).isEqualTo(401);
  }

  @Test
  void pagesOfOthersCannotLogInOrOutOrAsk() throws IOException {
    String foreign = "Origin: https://elsewhere.example";
    String body = "{\"name\":\"root\",\"password\":\"root's password\"}";
    assertThat(console.ask("POST", PATH, body, JSON, foreign).status()).isEqualTo(403);
    assertThat(console.ask("DELETE", PATH, "", foreign).status()).isEqualTo(403);
    assertThat(console.get("/api/v1/overview", console.admin(), foreign).status()).isEqualTo(403);
    Reply form = console.ask("POST", PATH, body, "Content-Type: text/plain;charset=UTF-8", ORIGIN);
    assertThat(form.status()).isEqualTo(415);
  }

  @Test
  void aCookieAloneChangesNothing() throws IOException {
    String call = "/api/v1/ecr/DescribeRepositories";
    assertThat(console.ask("POST", call, "{}", console.admin(), JSON).status()).isEqualTo(403);
    assertThat(console.post(call, "{}", console.admin()).status()).isEqualTo(200);
  }

  @Test
  void whoLogsOutHasTheCookieTakenAway() throws IOException {
    try (var wire = console.connect()) {
      String request = LiveConsole.text("DELETE", PATH, "", console.admin(), ORIGIN);
      Reply out = wire.sendRaw("DELETE", request).head();
      assertThat(out.status()).isEqualTo(204);
      assertThat(out.header("Set-Cookie")).startsWith(Sessions.COOKIE + "=;").contains("Max-Age=0");
    }
  }

  @Test
  void aSessionEndsAfterTwelveHours() throws IOException {
    String session = console.admin();
    console.operator.clock.advance(Duration.ofHours(12).minusSeconds(1));
    assertThat(console.get(PATH, session).status()).isEqualTo(200);
    console.operator.clock.advance(Duration.ofSeconds(1));
    assertThat(console.get(PATH, session).status()).isEqualTo(401);
  }

  @Test
  void aSessionEndsWithItsCredential() throws IOException {
    String key = console.admin();
    String user = console.ann();
    console.operator.key(ID, "b".repeat(40), "admin");
    console.operator.user("ann", "another password", "pull:team/*");
    assertThat(console.get(PATH, key).status()).isEqualTo(401);
    assertThat(console.get(PATH, user).status()).isEqualTo(401);
    String again = console.session("ann", "another password");
    console.operator.removeUser("ann");
    assertThat(console.get(PATH, again).status()).isEqualTo(401);
  }

  @Test
  void whatSomebodyMayIsLookedUpEachTime() throws IOException {
    String session = console.admin();
    console.operator.key(ID, SECRET, "pull:team/*");
    assertThat(console.get(PATH, session).json().getBoolean("admin")).isFalse();
  }

  @Test
  void anotherNodeWithTheSameKeyKnowsItAndNoOther() throws IOException {
    String session = console.admin().substring(("Cookie: " + Sessions.COOKIE + '=').length());
    var clock = console.operator.clock;
    byte[] other = new byte[32];
    other[0] = 1;
    assertThat(new Sessions(clock, console.operator, new byte[32]).find(session)).isPresent();
    assertThat(new Sessions(clock, console.operator, other).find(session)).isEmpty();
    for (int i = 0; i < session.length() - 1; i++) {
      char changed = session.charAt(i) == 'A' ? 'B' : 'A';
      String forged = session.substring(0, i) + changed + session.substring(i + 1);
      assertThat(console.sessions.find(forged)).as(forged).isEmpty();
    }
    assertThat(console.sessions.find(".")).isEmpty();
    assertThat(console.sessions.find("x".repeat(5_000))).isEmpty();
  }

  @Test
  void whereTheOperatorNamedNobodyThisMachineIsAnAdministrator() throws IOException {
    console.namesNobody = true;
    console.operator.anonymous(Anonymous.LOOPBACK);
    try (var wire = console.connect()) {
      String head = "GET " + PATH + " HTTP/1.1\r\nHost: localhost:5000\r\n\r\n";
      Reply reply = wire.sendRaw("GET", head).reply();
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.json().getBoolean("admin")).isTrue();
      assertThat(reply.json().getBoolean("anonymous")).isTrue();
    }
    assertThat(console.get(PATH).status()).as("by another name").isEqualTo(401);
  }

  @Test
  void basicLoginsDoForScripts() throws IOException {
    String basic = "Authorization: " + Operator.basic(ID, SECRET);
    assertThat(console.get("/api/v1/overview", basic).status()).isEqualTo(200);
    assertThat(console.ask("POST", "/api/v1/ecr/DescribeRepositories", "{}", basic, JSON).status())
        .isEqualTo(200);
  }
}

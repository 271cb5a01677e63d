package dev.sluice.gateway.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.access.Anonymous;
import dev.sluice.gateway.access.OpenRepositories;
import dev.sluice.gateway.access.Operator;
import dev.sluice.gateway.access.PullAccess;
import dev.sluice.gateway.live.Doors;
import dev.sluice.gateway.live.LiveGateway;
import dev.sluice.gateway.live.Reply;
import io.vertx.core.json.JsonArray;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The repositories, for those who administer them. */
class CatalogTest {

  private static final String PATH = "/v2/_catalog";

  private final Operator operator = new Operator().anonymous(Anonymous.PULL);
  @AutoClose private final LiveGateway gateway;

  CatalogTest() {
    operator.user("root", "toor", "admin");
    operator.user("ci", "secret", "pull:*");
    gateway =
        new LiveGateway(
            PullAccess.of(operator.clock, operator, OpenRepositories.ALL, Doors.PUBLIC_URL));
    gateway.fetch().repositories("a/b", "a/c", "hub/app", "hub/library/alpine", "z");
  }

  @Test
  void whoAdministersSeesAll() throws IOException {
    Reply reply = ask(PATH);

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("Content-Type")).isEqualTo("application/json");
    assertThat(reply.header("Link")).isNull();
    assertThat(names(reply)).containsExactly("a/b", "a/c", "hub/app", "hub/library/alpine", "z");
    Reply head = gateway.ask("HEAD", PATH, admin());
    assertThat(head.header("Content-Length")).isEqualTo(reply.header("Content-Length"));
    assertThat(head.text()).isEmpty();
  }

  @Test
  void pagesFollowEachOtherOnThisRegistry() throws IOException {
    List<String> read = new ArrayList<>();
    String next = PATH + "?n=2";
    for (int pages = 0; next != null; pages++) {
      assertThat(pages).isLessThan(3);
      Reply reply = ask(next);
      read.addAll(names(reply));
      String link = reply.header("Link");
      assertThat(link == null || link.endsWith(">; rel=\"next\"")).isTrue();
      next = link == null ? null : link.substring(1, link.indexOf('>'));
    }
    assertThat(read).containsExactly("a/b", "a/c", "hub/app", "hub/library/alpine", "z");
    assertThat(ask(PATH + "?n=2").header("Link"))
        .isEqualTo("</v2/_catalog?last=a%2Fc&n=2>; rel=\"next\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"last=hub/b", "last=hub%2Fb", "n=1000&last=hub%2Fapp"})
  void aPageBeginsBehindWhatIsNamedBeItThereOrNot(String query) throws IOException {
    assertThat(names(ask(PATH + '?' + query))).containsExactly("hub/library/alpine", "z");
  }

  @Test
  void noEntriesAreAnEmptyListWithoutALink() throws IOException {
    Reply reply = ask(PATH + "?n=0");
    assertThat(names(reply)).isEmpty();
    assertThat(reply.header("Link")).isNull();
    assertThat(names(ask(PATH + "?last=zz"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"n=-1", "n=", "n=1x", "last=%"})
  void aPageThatCannotBeIsRefused(String query) throws IOException {
    assertThat(ask(PATH + '?' + query).errorCode()).isEqualTo("PAGINATION_NUMBER_INVALID");
  }

  @Test
  void nobodyElseLearnsWhatThereIs() throws IOException {
    Reply nobody = gateway.ask("GET", PATH);
    assertThat(nobody.status()).isEqualTo(401);
    assertThat(nobody.header("WWW-Authenticate")).startsWith("Basic ");
    Reply puller = gateway.ask("GET", PATH, login("ci", "secret"));
    assertThat(puller.status()).isEqualTo(403);
    assertThat(puller.errorCode()).isEqualTo("DENIED");
    Reply wrong = gateway.ask("GET", PATH, login("root", "guess"));
    assertThat(wrong.status()).isEqualTo(401);
    for (Reply reply : List.of(nobody, puller, wrong)) {
      assertThat(reply.text()).doesNotContain("hub");
    }
  }

  private Reply ask(String target) throws IOException {
    return gateway.ask("GET", target, admin());
  }

  private static List<String> names(Reply reply) {
    JsonArray names = reply.json().getJsonArray("repositories");
    return names.stream().map(String.class::cast).toList();
  }

  private static String admin() {
    return login("root", "toor");
  }

  private static String login(String name, String password) {
    return "Authorization: " + Operator.basic(name, password);
  }
}

package dev.sluice.gateway.console;

import static dev.sluice.gateway.live.LiveGateway.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.console.EventStream.Event;
import dev.sluice.gateway.console.Gathering.Wanted;
import dev.sluice.gateway.live.Reply;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Names, tags, and what upstreams and other nodes say may hold anything: browsers are told it to
 * the letter, and nothing besides.
 */
@Timeout(60)
class HostileTextsTest {

  /** What would end a line, an event or a text, and what would begin one of its own. */
  private static final String HOSTILE =
      String.join(
          "",
          "\n\nevent: overview\ndata: {}\n\n",
          "\r\revent: pulls\rdata: []\r\r",
          "\r\n\r\nevent: overview\r\ndata: {}\r\n\r\n",
          "\ndata: 1\n: still here\nid: 7\nretry: 86400000\n",
          "\u2028\u2028event: pulls\u2028data: []\u2029\u2029\u0085\u000b\f",
          "\"}],\"node\":\"c\"}\n\ndata: {}",
          "\\n\\nevent: overview\\ndata: {}\\u000a\\",
          "\0\b\u001b[2J\u007f\ufeff\u202e</script>");

  @AutoClose private final LiveConsole console = new LiveConsole();
  private final HostileNews news = new HostileNews(console);

  private JsonObject overview() {
    return Overview.of(await(console.gathering.ask(Wanted.NONE)), console.operator.clock.instant());
  }

  private JsonArray pulls() {
    return Overview.pulls(await(console.gathering.ask(Wanted.last(10))), 10);
  }

  @Test
  void namesCannotMakeEventsOfTheirOwn() throws IOException {
    news.tell(HOSTILE);
    JsonObject before = overview();
    assertThat(before.getJsonArray("errors").getJsonObject(0).getString("what")).contains(HOSTILE);
    try (EventStream stream = EventStream.open(console, console.admin())) {
      Event event = stream.next();
      assertThat(event.name()).isEqualTo("overview");
      assertThat(event.object()).isEqualTo(before);

      news.pull(HOSTILE);
      JsonObject after = overview();
      event = stream.next();
      while (event.name().equals("overview")) {
        assertThat(event.object()).isIn(before, after);
        event = stream.next();
      }

      assertThat(event.name()).isEqualTo("pulls");
      assertThat(event.array()).hasSize(2).isEqualTo(pulls());
      assertThat(stream.next()).satisfies(HostileTextsTest::isOverview);
    }
  }

  private static void isOverview(Event event) {
    assertThat(event.name()).isEqualTo("overview");
    assertThat(event.object().fieldNames()).contains("nodes", "totals");
  }

  @Test
  void norCanTheyToWhoSeesOnlyWhatIsTheirs() throws IOException {
    news.tell(HOSTILE);
    try (EventStream stream = EventStream.open(console, console.ann())) {
      assertThat(stream.next()).satisfies(HostileTextsTest::isOverview);
      news.pull(HOSTILE);
      JsonArray pulls = stream.next("pulls").array();
      assertThat(pulls).hasSize(1);
      assertThat(pulls.getJsonObject(0).getString("reference")).isEqualTo("latest" + HOSTILE);
      assertThat(stream.next()).satisfies(HostileTextsTest::isOverview);
    }
  }

  @Test
  void answersTellThemToTheLetterToo() throws IOException {
    news.tell(HOSTILE);
    news.pull(HOSTILE);

    JsonObject overview = json("/api/v1/overview");
    JsonArray pulls = json("/api/v1/activity").getJsonArray("pulls");

    assertThat(overview).isEqualTo(overview());
    assertThat(overview.getJsonArray("nodes").getJsonObject(1).getString("name"))
        .isEqualTo("b" + HOSTILE);
    assertThat(pulls).hasSize(2).isEqualTo(pulls());
    assertThat(pulls.stream().map(pull -> ((JsonObject) pull).getString("repository")))
        .containsExactlyInAnyOrder("team/app", "team/app" + HOSTILE);
  }

  private JsonObject json(String path) throws IOException {
    Reply reply = console.get(path, console.admin());
    assertThat(reply.header("Content-Type")).isEqualTo("application/json");
    assertThat(reply.header("X-Content-Type-Options")).isEqualTo("nosniff");
    return reply.json();
  }

  /** Half of a surrogate pair, which upstream's JSON may hold and UTF-8 cannot. */
  @Test
  void halfACharacterKeepsNothingFromBeingTold() throws IOException {
    news.tell("\ud83d");
    assertThat(json("/api/v1/overview").getJsonArray("errors")).hasSize(2);
    try (EventStream stream = EventStream.open(console, console.admin())) {
      assertThat(stream.next("overview").object().getJsonArray("errors")).hasSize(2);
    }
  }
}

package dev.sluice.gateway.console;

import static dev.sluice.gateway.console.LiveConsole.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.UpstreamTrouble;
import dev.sluice.gateway.Pull;
import dev.sluice.gateway.live.Reply;
import dev.sluice.gateway.live.Wire;
import dev.sluice.metadata.RepositoryName;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.SocketAddress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a browser is told that listens. */
@Timeout(60)
class EventsTest {

  private static final String PATH = "/api/v1/events";

  @AutoClose private final LiveConsole console = new LiveConsole();

  private Wire listen(String session) throws IOException {
    Wire wire = console.connect();
    Reply head = wire.sendRaw("GET", text("GET", PATH, "", session)).head();
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.header("Content-Type")).isEqualTo("text/event-stream");
    assertThat(head.header("Cache-Control")).isEqualTo("no-store");
    return wire;
  }

  /** The data of the next event of a name. */
  private static String next(Wire wire, String event) throws IOException {
    String mark = "event: " + event + "\ndata: ";
    while (true) {
      String text = event(wire);
      int at = text.indexOf(mark);
      if (at >= 0) {
        return text.substring(at + mark.length()).strip();
      }
    }
  }

  /** All up to the next empty line. */
  private static String event(Wire wire) throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    int last = 0;
    while (true) {
      byte[] one = wire.some(1);
      if (one.length == 0) {
        throw new AssertionError("it ended after " + text);
      }
      text.write(one[0]);
      if (one[0] == '\n' && last == '\n') {
        return text.toString(UTF_8);
      }
      last = one[0];
    }
  }

  private void pull(String repository) {
    console.activity.ended(
        new Pull(
            console.operator.clock.millis(),
            SocketAddress.inetSocketAddress(1, "127.0.0.1"),
            "root",
            "manifest",
            new RepositoryName(repository),
            "latest",
            200,
            "hit",
            2,
            1,
            0,
            0,
            0));
  }

  @Test
  void theOverviewComesEverySecondAndNewPullsWithIt() throws IOException {
    pull("team/before");
    try (Wire wire = listen(console.admin())) {
      assertThat(new JsonObject(next(wire, "overview")).getString("node")).isEqualTo("a");
      pull("team/app");
      JsonArray pulls = new JsonArray(next(wire, "pulls"));
      assertThat(pulls).hasSize(1);
      assertThat(pulls.getJsonObject(0).getString("repository")).isEqualTo("team/app");
      assertThat(new JsonObject(next(wire, "overview")).getJsonArray("nodes")).hasSize(1);
    }
  }

  @Test
  void everyoneIsToldWhatIsTheirs() throws IOException {
    try (Wire wire = listen(console.ann())) {
      next(wire, "overview");
      pull("other/app");
      pull("team/app");
      JsonArray pulls = new JsonArray(next(wire, "pulls"));
      assertThat(pulls).hasSize(1);
      assertThat(pulls.getJsonObject(0).getString("repository")).isEqualTo("team/app");
      assertThat(pulls.getJsonObject(0).containsKey("principal")).isFalse();
    }
  }

  @Test
  void whoseSessionIsOverIsToldNothingMore() throws IOException {
    try (Wire expiring = listen(console.admin());
        Wire removed = listen(console.ann())) {
      next(expiring, "overview");
      next(removed, "overview");
      console.operator.removeUser("ann");
      drain(removed);
      next(expiring, "overview");
      console.operator.clock.advance(Duration.ofHours(12));
      drain(expiring);
    }
  }

  /** Reads to the end, which must come. */
  private static void drain(Wire wire) throws IOException {
    StringBuilder last = new StringBuilder();
    while (!last.toString().endsWith("0\r\n\r\n")) {
      byte[] one = wire.some(1);
      if (one.length == 0) {
        throw new AssertionError("it was cut");
      }
      last.append((char) one[0]);
    }
  }

  @Test
  void namesCannotMakeEventsOfTheirOwn() throws IOException {
    console.news.upstreamTrouble(
        "team",
        new UpstreamTrouble(
            UpstreamTrouble.Kind.DOWN, "up.example", "\n\nevent: overview\ndata: {}\n\n</script>"));
    try (Wire wire = listen(console.admin())) {
      String data = next(wire, "overview");
      assertThat(new JsonObject(data).getJsonArray("errors").getJsonObject(0).getString("what"))
          .contains("\n\nevent: overview");
    }
  }

  @Test
  void whoDoesNotReadIsDroppedAndTheOthersAreNotKept() throws Exception {
    String reason = "x".repeat(50_000);
    for (int i = 0; i < 20; i++) {
      console.news.upstreamTrouble(
          "team", new UpstreamTrouble(UpstreamTrouble.Kind.DOWN, "up.example", reason));
    }
    List<Wire> slow = new ArrayList<>();
    String session = console.admin();
    try (Wire quick = listen(session)) {
      while (slow.size() < 15) {
        slow.add(listen(session));
      }
      assertThat(isFull(session)).isTrue();

      // The system takes some megabytes for each before it shows that they do not read.
      for (int i = 0; i < 40 && isFull(session); i++) {
        next(quick, "overview");
      }

      assertThat(isFull(session)).isFalse();
      next(quick, "overview");
    } finally {
      for (Wire wire : slow) {
        wire.close();
      }
    }
  }

  private boolean isFull(String session) throws IOException {
    try (Wire wire = console.connect()) {
      return wire.sendRaw("GET", text("GET", PATH, "", session)).head().status() == 503;
    }
  }

  @Test
  void onePrincipalCannotListenForEverybodyElse() throws IOException {
    List<Wire> open = new ArrayList<>();
    try {
      String session = console.admin();
      for (int i = 0; i < 16; i++) {
        open.add(listen(session));
      }
      Reply more = console.get(PATH, session);
      assertThat(more.status()).isEqualTo(503);
      assertThat(more.header("Retry-After")).isEqualTo("10");
      open.add(listen(console.ann()));
    } finally {
      for (Wire wire : open) {
        wire.close();
      }
    }
  }

  @Test
  void nobodyListensWithoutALoginAndAllEndWithTheNode() throws IOException {
    assertThat(console.get(PATH).status()).isEqualTo(401);
    try (Wire wire = listen(console.admin())) {
      next(wire, "overview");
      console.edge.close();
      drain(wire);
    }
    assertThat(console.get(PATH, console.admin()).status()).isEqualTo(503);
  }
}

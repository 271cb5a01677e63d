package dev.sluice.gateway.console;

import static dev.sluice.gateway.console.LiveConsole.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.UpstreamTrouble;
import dev.sluice.gateway.live.Reply;
import dev.sluice.gateway.live.Wire;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who may listen, how many of them, and when they are told nothing more. */
@Timeout(60)
class ListenersTest {

  @AutoClose private final LiveConsole console = new LiveConsole();
  private final List<EventStream> open = new ArrayList<>();

  @AfterEach
  void closeAll() throws IOException {
    for (EventStream stream : open) {
      stream.close();
    }
  }

  private EventStream listen(String session) throws IOException {
    open.add(EventStream.open(console, session));
    return open.getLast();
  }

  @Test
  void whoseSessionIsOverIsToldNothingMore() throws IOException {
    EventStream expiring = listen(console.admin());
    EventStream removed = listen(console.ann());
    expiring.next("overview");
    removed.next("overview");
    console.operator.removeUser("ann");
    removed.drain();
    expiring.next("overview");
    console.operator.clock.advance(Duration.ofHours(12));
    expiring.drain();
  }

  @Test
  void whoDoesNotReadIsDroppedAndTheOthersAreNotKept() throws Exception {
    String reason = "x".repeat(50_000);
    for (int i = 0; i < 20; i++) {
      console.news.upstreamTrouble(
          "team", new UpstreamTrouble(UpstreamTrouble.Kind.DOWN, "up.example", reason));
    }
    String session = console.admin();
    EventStream quick = listen(session);
    while (open.size() < 16) {
      listen(session);
    }
    assertThat(isFull(session)).isTrue();

    // The system takes some megabytes for each before it shows that they do not read.
    for (int i = 0; i < 40 && isFull(session); i++) {
      quick.next("overview");
    }

    assertThat(isFull(session)).isFalse();
    quick.next("overview");
  }

  private boolean isFull(String session) throws IOException {
    try (Wire wire = console.connect()) {
      String request = text("GET", EventStream.PATH, "", session);
      return wire.sendRaw("GET", request).head().status() == 503;
    }
  }

  @Test
  void onePrincipalCannotListenForEverybodyElse() throws IOException {
    String session = console.admin();
    for (int i = 0; i < 16; i++) {
      listen(session);
    }
    Reply more = console.get(EventStream.PATH, session);
    assertThat(more.status()).isEqualTo(503);
    assertThat(more.header("Retry-After")).isEqualTo("10");
    listen(console.ann());
  }

  @Test
  void nobodyListensWithoutALoginAndAllEndWithTheNode() throws IOException {
    assertThat(console.get(EventStream.PATH).status()).isEqualTo(401);
    EventStream stream = listen(console.admin());
    stream.next("overview");
    console.end();
    stream.drain();
    assertThat(console.get(EventStream.PATH, console.admin()).status()).isEqualTo(503);
  }
}

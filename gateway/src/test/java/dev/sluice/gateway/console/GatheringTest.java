package dev.sluice.gateway.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.Provenance;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What the nodes of a cluster tell each other for their consoles. */
class GatheringTest {

  @AutoClose private final LiveConsole console = new LiveConsole();

  @Test
  void theOtherNodesAreAskedAndWhoIsSilentIsNamed() throws IOException {
    try (LiveConsole other = new LiveConsole()) {
      console.nodes.other("b", question -> Future.succeededFuture(asB(other, question)));
      console.nodes.silent("c");
      console.nodes.other("d", _ -> Future.succeededFuture(Buffer.buffer("{\"is\":\"unable\"}")));
      other.news.upstreamBytes("team", 1);
      other.news.upstreamRequest("team", 200);
      console.news.upstreamBytes("team", 2);
      other.pull("team/there", Provenance.HIT);

      long begun = System.nanoTime();
      JsonObject overview = console.overview(console.admin());
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(2));
      assertThat(overview.getJsonObject("totals").getLong("bytesFromUpstream")).isEqualTo(3);
      assertThat(overview.getJsonObject("totals").getLong("hits")).isEqualTo(1);
      assertThat(overview.getJsonArray("upstreams").getJsonObject(0).getString("state"))
          .isEqualTo("answering");
      assertThat(standing(overview)).containsExactly("a true", "b true", "c false", "d false");
      JsonObject activity = console.json("/api/v1/activity?limit=5", console.admin());
      assertThat(activity.getJsonArray("pulls").getJsonObject(0).getString("node")).isEqualTo("b");

      console.nodes.gone("b");
      assertThat(standing(console.overview(console.admin())))
          .containsExactly("a true", "c false", "d false", "b false");
      console.operator.clock.advance(Duration.ofMinutes(16));
      assertThat(console.overview(console.admin()).getJsonArray("nodes")).hasSize(3);
    }
  }

  /** What a console answers, were its node called so. */
  private static Buffer asB(LiveConsole console, Buffer question) {
    String answer = console.gathering.answer(question).orElseThrow().toString();
    return Buffer.buffer(answer.replace("\"node\":\"a\"", "\"node\":\"b\""));
  }

  private static Stream<String> standing(JsonObject overview) {
    return overview.getJsonArray("nodes").stream()
        .map(JsonObject.class::cast)
        .map(node -> node.getString("name") + ' ' + node.getBoolean("answering"));
  }

  @Test
  void questionsOfOthersAreNotTheConsoles() {
    assertThat(console.gathering.answer(Buffer.buffer("{\"v\":1,\"ask\":\"has\"}"))).isEmpty();
    assertThat(console.gathering.answer(Buffer.buffer(""))).isEmpty();
    assertThat(console.gathering.answer(Buffer.buffer("console x"))).isPresent();
  }
}

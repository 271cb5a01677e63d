package dev.sluice.gateway.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.UpstreamTrouble;
import dev.sluice.gateway.live.PlainPolicies;
import dev.sluice.metadata.Rule;
import dev.sluice.metadata.RuleTable;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What the overview says of an upstream that does not do well. */
class UpstreamStatesTest {

  @AutoClose private final LiveConsole console = new LiveConsole();

  @Test
  void whoeverLooksAfterAnUpstreamIsSentToWhereItIsReached() throws IOException {
    console.news.upstreamTrouble(
        "team", new UpstreamTrouble(UpstreamTrouble.Kind.DOWN, "up.example", "no answer"));
    assertThat(todo()).contains("https://up.example/v2/");

    URI mirror = URI.create("http://mirror.example:5000");
    console.rules =
        new RuleTable(
            List.of(
                new Rule(
                    "team",
                    "up.example",
                    Optional.empty(),
                    Optional.of(mirror),
                    List.of(),
                    List.of(),
                    PlainPolicies.POLICIES)));
    assertThat(todo()).contains(mirror + "/v2/").doesNotContain("up.example");
  }

  private String todo() throws IOException {
    JsonArray errors = console.overview(console.admin()).getJsonArray("errors");
    return errors.getJsonObject(0).getString("todo");
  }

  @Test
  void anUpstreamFailsFromItsLastFailureOnUntilItAnswers() throws IOException {
    String admin = console.admin();
    assertThat(upstream(admin).getString("state")).isEqualTo("unasked");

    console.news.upstreamTrouble(
        "team", new UpstreamTrouble(UpstreamTrouble.Kind.DOWN, "up.example", "it answered 503"));
    for (int failure : List.of(0, 503)) {
      console.news.upstreamRequest("team", failure);
      assertThat(upstream(admin).getString("state")).isEqualTo("failing");
      assertThat(upstream(admin).getString("reason")).isEqualTo("it answered 503");

      console.news.upstreamRequest("team", 404);
      assertThat(upstream(admin).getString("state")).isEqualTo("answering");
      assertThat(upstream(admin).getString("reason")).isEmpty();
    }
  }

  private JsonObject upstream(String session) throws IOException {
    return console.overview(session).getJsonArray("upstreams").getJsonObject(0);
  }
}

package dev.sluice.gateway.console;

import static dev.sluice.gateway.console.LiveConsole.DIGEST;
import static dev.sluice.gateway.console.LiveConsole.LAYER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.FillUnderWay;
import dev.sluice.fetcher.Provenance;
import dev.sluice.fetcher.Refused;
import dev.sluice.fetcher.UpstreamTrouble;
import dev.sluice.metadata.Account;
import dev.sluice.storage.Digest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What the overview and the activity tell, and to whom. */
class OverviewTest {

  @AutoClose private final LiveConsole console = new LiveConsole();

  private JsonArray activity(String session) throws IOException {
    return console.json("/api/v1/activity?limit=5", session).getJsonArray("pulls");
  }

  @Test
  void theSumsAreThoseOfThePulls() throws IOException {
    for (Provenance how : Provenance.values()) {
      assertThat(console.pull("team/" + how.name().toLowerCase(Locale.ROOT), how).status())
          .isEqualTo(200);
    }
    // The gateway remembers it.
    console.pull("team/hit", DIGEST);
    console.bench.fetch.blobs(Refused.absent(Refused.Reason.BLOB_UNKNOWN, "no such blob"));
    console.pull("team/app", Digest.sha256(new byte[0]));
    console.news.upstreamBytes("team", 1234);

    JsonObject overview = console.overview(console.admin());
    assertThat(overview.getJsonObject("totals"))
        .isEqualTo(
            new JsonObject()
                .put("requests", 6L)
                .put("hits", 2L)
                .put("misses", 1L)
                .put("stale", 1L)
                .put("coalesced", 1L)
                .put("bytesServed", overview.getJsonObject("totals").getLong("bytesServed"))
                .put("bytesFromUpstream", 1234L));
    assertThat(overview.getJsonObject("totals").getLong("bytesServed"))
        .isGreaterThanOrEqualTo(5L * LAYER.length);
    JsonObject node = overview.getJsonArray("nodes").getJsonObject(0);
    assertThat(node.getString("name")).isEqualTo("a");
    assertThat(node.getBoolean("self")).isTrue();
    assertThat(node.getBoolean("answering")).isTrue();
    assertThat(node.getDouble("pullsPerSecond")).isEqualTo(0.6);
    assertThat(node.getJsonObject("storage").getLong("usedBytes")).isEqualTo(10);
  }

  @Test
  void eachPullIsToldTheNewestFirst() throws IOException {
    console.pull("team/one", Provenance.MISS);
    console.operator.clock.advance(Duration.ofSeconds(1));
    console.pull("team/two", Provenance.HIT);

    JsonArray pulls = activity(console.admin());
    assertThat(pulls).hasSize(2);
    JsonObject last = pulls.getJsonObject(0);
    assertThat(last.getString("repository")).isEqualTo("team/two");
    assertThat(last.getString("principal")).isEqualTo("root");
    assertThat(last.getString("address")).isEqualTo("127.0.0.1");
    assertThat(last.getString("operation")).isEqualTo("blob");
    assertThat(last.getString("reference")).isEqualTo(DIGEST.toString());
    assertThat(last.getString("rule")).isEqualTo("team");
    assertThat(last.getInteger("status")).isEqualTo(200);
    assertThat(last.getString("cache")).isEqualTo("hit");
    assertThat(last.containsKey("phases")).isFalse();
    assertThat(pulls.getJsonObject(1).getJsonObject("phases").fieldNames())
        .containsExactlyInAnyOrder("queue", "token", "upstream", "fill");
  }

  @Test
  void whoIsNoAdministratorSeesOnlyWhatIsTheirs() throws IOException {
    console.pull("team/app", Provenance.HIT);
    console.pull("other/app", Provenance.HIT);
    console.fills = List.of(fill("team/app"), fill("other/app"));
    console.news.upstreamTrouble("team", trouble());

    JsonArray pulls = activity(console.ann());
    assertThat(pulls).hasSize(1);
    assertThat(pulls.getJsonObject(0).getString("repository")).isEqualTo("team/app");
    assertThat(pulls.getJsonObject(0).fieldNames()).doesNotContain("principal", "address");
    JsonObject overview = console.overview(console.ann());
    assertThat(overview.getJsonArray("fills")).hasSize(1);
    assertThat(overview.getJsonArray("errors")).isEmpty();
    assertThat(overview.getJsonArray("upstreams")).isEmpty();
    assertThat(console.overview(console.admin()).getJsonArray("fills")).hasSize(2);
  }

  private FillUnderWay fill(String repository) {
    return Samples.fill(console.operator.clock.instant(), "team", repository);
  }

  private static UpstreamTrouble trouble() {
    return new UpstreamTrouble(
        UpstreamTrouble.Kind.LIMITED, "up.example", "it limits <img src=x onerror=alert(1)>");
  }

  @Test
  void fillsUpstreamsAndTroublesAreTold() throws IOException {
    console.fills = List.of(fill("team/app"));
    console.news.upstreamRequest("team", 200);
    console.news.upstreamRequest("team", 503);
    console.news.upstreamTrouble("team", trouble());
    console.news.upstreamSpared("team", true);

    JsonObject overview = console.overview(console.admin());
    assertThat(overview.getJsonArray("fills").getJsonObject(0))
        .isEqualTo(
            new JsonObject(
                """
                {"node":"a","digest":"%s","rule":"team","repository":"team/app","bytes":5,
                 "seconds":2.0,"waiters":3,"size":10}"""
                    .formatted(DIGEST)));
    JsonObject upstream = overview.getJsonArray("upstreams").getJsonObject(0);
    assertThat(upstream.getString("state")).isEqualTo("spared");
    assertThat(upstream.getString("reason")).startsWith("it limits");
    assertThat(upstream.getInteger("requests")).isEqualTo(2);
    assertThat(upstream.getInteger("failures")).isEqualTo(1);
    JsonObject error = overview.getJsonArray("errors").getJsonObject(0);
    assertThat(error.getString("what"))
        .isEqualTo("rule team: it limits <img src=x onerror=alert(1)>");
    assertThat(error.getString("todo")).contains("up.example");
  }

  @Test
  void whatALimitLeadsToIsForetold() throws IOException {
    Account account = new Account("up.example", Optional.of("robot"));
    Instant start = console.operator.clock.instant();
    console.news.rateLimit(account, Samples.left(start, 90));
    console.news.rateLimit(account, Samples.left(start.plusSeconds(60), 60));

    JsonObject limit = console.overview(console.admin()).getJsonArray("limits").getJsonObject(0);
    assertThat(limit.getString("account")).isEqualTo("robot");
    assertThat(limit.getInteger("remaining")).isEqualTo(60);
    assertThat(limit.getString("exhaustedAt")).isEqualTo(start.plusSeconds(180).toString());
    console.news.rateLimit(account, Samples.left(start.plusSeconds(61), 100));
    assertThat(
            console.overview(console.admin()).getJsonArray("limits").getJsonObject(0).fieldNames())
        .doesNotContain("exhaustedAt");
  }

  @Test
  void upstreamsToChooseFromAreTold() throws IOException {
    JsonArray upstreams =
        console.json("/api/v1/upstreams", console.ann()).getJsonArray("upstreams");
    assertThat(upstreams).hasSizeGreaterThan(5);
    assertThat(upstreams.getJsonObject(1).getString("alias")).isEqualTo("ecr-public");
  }
}

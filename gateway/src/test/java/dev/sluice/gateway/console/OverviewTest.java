package dev.sluice.gateway.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.BlobAnswer;
import dev.sluice.fetcher.FillUnderWay;
import dev.sluice.fetcher.Provenance;
import dev.sluice.fetcher.Refused;
import dev.sluice.fetcher.UpstreamTrouble;
import dev.sluice.gateway.access.Operator;
import dev.sluice.gateway.live.LiveGateway;
import dev.sluice.gateway.live.Reply;
import dev.sluice.metadata.Account;
import dev.sluice.metadata.Allowance;
import dev.sluice.metadata.RateLimit;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.storage.BlobLocation.Stored;
import dev.sluice.storage.Digest;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What the overview and the activity tell, and to whom. */
class OverviewTest {

  private static final byte[] BYTES = "some bytes".getBytes(UTF_8);
  private static final Digest DIGEST = Digest.sha256(BYTES);

  @AutoClose private final LiveConsole console = new LiveConsole();

  private Reply pull(String repository, Provenance how) throws IOException {
    LiveGateway.await(console.bench.blobs.put(DIGEST, Buffer.buffer(BYTES)));
    console.bench.fetch.blobs(new BlobAnswer.Found(new Stored(DIGEST, BYTES.length), how));
    return console.get(
        "/v2/" + repository + "/blobs/" + DIGEST,
        "Authorization: " + Operator.basic("root", "root's password"));
  }

  private JsonObject overview(String session) throws IOException {
    Reply reply = console.get("/api/v1/overview", session);
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    return reply.json();
  }

  private JsonArray activity(String session) throws IOException {
    return console.get("/api/v1/activity?limit=5", session).json().getJsonArray("pulls");
  }

  @Test
  void theSumsAreThoseOfThePulls() throws IOException {
    for (Provenance how : Provenance.values()) {
      assertThat(pull("team/" + how.name().toLowerCase(java.util.Locale.ROOT), how).status())
          .isEqualTo(200);
    }
    // The gateway remembers it.
    console.get(
        "/v2/team/hit/blobs/" + DIGEST,
        "Authorization: " + Operator.basic("root", "root's password"));
    console.bench.fetch.blobs(Refused.absent(Refused.Reason.BLOB_UNKNOWN, "no such blob"));
    console.get(
        "/v2/team/app/blobs/sha256:" + "0".repeat(64),
        "Authorization: " + Operator.basic("root", "root's password"));
    console.news.upstreamBytes("team", 1234);

    JsonObject overview = overview(console.admin());
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
        .isGreaterThanOrEqualTo(5L * BYTES.length);
    JsonObject node = overview.getJsonArray("nodes").getJsonObject(0);
    assertThat(node.getString("name")).isEqualTo("a");
    assertThat(node.getBoolean("self")).isTrue();
    assertThat(node.getBoolean("answering")).isTrue();
    assertThat(node.getDouble("pullsPerSecond")).isEqualTo(0.6);
    assertThat(node.getJsonObject("storage").getLong("usedBytes")).isEqualTo(10);
  }

  @Test
  void eachPullIsToldTheNewestFirst() throws IOException {
    pull("team/one", Provenance.MISS);
    console.operator.clock.advance(Duration.ofSeconds(1));
    pull("team/two", Provenance.HIT);

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
    pull("team/app", Provenance.HIT);
    pull("other/app", Provenance.HIT);
    console.fills = List.of(fill("team/app"), fill("other/app"));
    console.news.upstreamTrouble("team", trouble());

    JsonArray pulls = activity(console.ann());
    assertThat(pulls).hasSize(1);
    assertThat(pulls.getJsonObject(0).getString("repository")).isEqualTo("team/app");
    assertThat(pulls.getJsonObject(0).fieldNames()).doesNotContain("principal", "address");
    JsonObject overview = overview(console.ann());
    assertThat(overview.getJsonArray("fills")).hasSize(1);
    assertThat(overview.getJsonArray("errors")).isEmpty();
    assertThat(overview.getJsonArray("upstreams")).isEmpty();
    assertThat(overview(console.admin()).getJsonArray("fills")).hasSize(2);
  }

  private FillUnderWay fill(String repository) {
    return new FillUnderWay(
        DIGEST,
        "team",
        new RepositoryName(repository),
        5,
        OptionalLong.of(10),
        console.operator.clock.instant().minusSeconds(2),
        3,
        true);
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

    JsonObject overview = overview(console.admin());
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
    console.news.rateLimit(account, left(start, 90));
    console.news.rateLimit(account, left(start.plusSeconds(60), 60));

    JsonObject limit = overview(console.admin()).getJsonArray("limits").getJsonObject(0);
    assertThat(limit.getString("account")).isEqualTo("robot");
    assertThat(limit.getInteger("remaining")).isEqualTo(60);
    assertThat(limit.getString("exhaustedAt")).isEqualTo(start.plusSeconds(180).toString());
    console.news.rateLimit(account, left(start.plusSeconds(61), 100));
    assertThat(overview(console.admin()).getJsonArray("limits").getJsonObject(0).fieldNames())
        .doesNotContain("exhaustedAt");
  }

  private static RateLimit left(Instant at, long remaining) {
    return new RateLimit(
        Optional.of(new Allowance(100, remaining, Duration.ofHours(6), at)),
        Instant.EPOCH,
        Instant.EPOCH,
        0);
  }

  @Test
  void theOtherNodesAreAskedAndWhoIsSilentIsNamed() throws IOException {
    try (LiveConsole other = new LiveConsole()) {
      console.nodes.other(
          "b",
          question ->
              Future.succeededFuture(
                  Buffer.buffer(
                      other
                          .gathering
                          .answer(question)
                          .orElseThrow()
                          .toString()
                          .replace("\"node\":\"a\"", "\"node\":\"b\""))));
      console.nodes.silent("c");
      console.nodes.other("d", _ -> Future.succeededFuture(Buffer.buffer("{\"is\":\"unable\"}")));
      other.news.upstreamBytes("team", 1);
      other.news.upstreamRequest("team", 200);
      console.news.upstreamBytes("team", 2);
      LiveGateway.await(other.bench.blobs.put(DIGEST, Buffer.buffer(BYTES)));
      other.bench.fetch.blobs(
          new BlobAnswer.Found(new Stored(DIGEST, BYTES.length), Provenance.HIT));
      other.get(
          "/v2/team/there/blobs/" + DIGEST,
          "Authorization: " + Operator.basic("root", "root's password"));

      long begun = System.nanoTime();
      JsonObject overview = overview(console.admin());
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(2));
      assertThat(overview.getJsonObject("totals").getLong("bytesFromUpstream")).isEqualTo(3);
      assertThat(overview.getJsonObject("totals").getLong("hits")).isEqualTo(1);
      assertThat(overview.getJsonArray("upstreams").getJsonObject(0).getString("state"))
          .isEqualTo("answering");
      assertThat(overview.getJsonArray("nodes").stream().map(OverviewTest::standing))
          .containsExactly("a true", "b true", "c false", "d false");
      assertThat(activity(console.admin()).getJsonObject(0).getString("node")).isEqualTo("b");

      console.nodes.gone("b");
      assertThat(
              overview(console.admin()).getJsonArray("nodes").stream().map(OverviewTest::standing))
          .containsExactly("a true", "c false", "d false", "b false");
      console.operator.clock.advance(Duration.ofMinutes(16));
      assertThat(overview(console.admin()).getJsonArray("nodes")).hasSize(3);
    }
  }

  private static String standing(Object node) {
    JsonObject json = (JsonObject) node;
    return json.getString("name") + ' ' + json.getBoolean("answering");
  }

  @Test
  void questionsOfOthersAreNotTheConsoles() {
    assertThat(console.gathering.answer(Buffer.buffer("{\"v\":1,\"ask\":\"has\"}"))).isEmpty();
    assertThat(console.gathering.answer(Buffer.buffer(""))).isEmpty();
    assertThat(console.gathering.answer(Buffer.buffer("console x"))).isPresent();
  }

  @Test
  void upstreamsToChooseFromAreTold() throws IOException {
    JsonArray upstreams =
        console.get("/api/v1/upstreams", console.ann()).json().getJsonArray("upstreams");
    assertThat(upstreams).hasSizeGreaterThan(5);
    assertThat(upstreams.getJsonObject(1).getString("alias")).isEqualTo("ecr-public");
  }
}

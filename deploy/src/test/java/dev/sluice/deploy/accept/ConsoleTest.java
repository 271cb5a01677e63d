package dev.sluice.deploy.accept;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node's console, as its pages see it, while images are pulled from a real upstream. */
class ConsoleTest {
  private static final String ADMIN = "AKIASLUICEADMIN00001";
  private static final String SECRET = "0123456789".repeat(4);

  @TempDir Path folder;
  @AutoClose private TestUpstream upstream;
  @AutoClose private SluiceNode node;
  @AutoClose private ConsoleClient console;
  private final GeneratedBlob layer = GeneratedBlob.of(1, 3_000_000);

  @BeforeEach
  void start() throws Exception {
    Path secret = Files.writeString(folder.resolve("secret"), SECRET + "\n");
    upstream = TestUpstream.start(Pace.of(Integer.MAX_VALUE));
    upstream.publish("team/app", layer);
    String keys =
        "{ id: %s, secretFile: %s, grants: [admin] }, { id: AKIASLUICECI00000001, secretFile: %s, grants: [\"pull:up/other/*\"] }"
            .formatted(ADMIN, secret, secret);
    node =
        SluiceNode.start(
            NodeConfig.of(folder.resolve("data"), RuleConfig.daily("up", upstream.endpoint()))
                .withKey(keys));
    console = new ConsoleClient(node);
    assertThat(console.login(ADMIN, SECRET)).isEqualTo(200);
  }

  private void pull() throws Exception {
    assertThat(node.get("/v2/up/team/app/manifests/latest").statusCode()).isEqualTo(200);
    HttpResponse<byte[]> blob = node.get("/v2/up/team/app/blobs/" + layer.digest());
    assertThat(Sha256.of(blob.body())).isEqualTo(layer.digest());
  }

  @Test
  void theOverviewAddsUpToWhatWasPulled() throws Exception {
    pull();
    pull();

    JsonObject overview = console.json("/api/v1/overview");
    JsonObject totals = overview.getJsonObject("totals");
    assertThat(totals.getInteger("requests")).isEqualTo(4);
    assertThat(totals.getInteger("misses")).isEqualTo(2);
    assertThat(totals.getInteger("hits")).isEqualTo(2);
    assertThat(totals.getLong("bytesServed")).isGreaterThan(6_000_000);
    assertThat(totals.getLong("bytesFromUpstream")).isBetween(3_000_000L, 3_100_000L);
    JsonObject rule = overview.getJsonArray("upstreams").getJsonObject(0);
    assertThat(rule.getString("state")).isEqualTo("answering");
    JsonArray pulls = console.json("/api/v1/activity").getJsonArray("pulls");
    assertThat(pulls).hasSize(4);
    assertThat(pulls.getJsonObject(0).getString("cache")).isEqualTo("hit");
    assertThat(pulls.getJsonObject(3).getString("reference")).isEqualTo("latest");
  }

  @Test
  void whatWasPulledIsARepositoryThatCanBeCheckedAndDeleted() throws Exception {
    pull();

    JsonObject line =
        console.json("/api/v1/repositories").getJsonArray("repositories").getJsonObject(0);
    assertThat(line.getString("name")).isEqualTo("up/team/app");
    assertThat(line.getLong("bytes")).isGreaterThan(3_000_000);
    JsonObject image =
        console
            .json("/api/v1/repositories/up%2Fteam%2Fapp")
            .getJsonArray("images")
            .getJsonObject(0);
    assertThat(image.getJsonArray("tags").getJsonObject(0).getString("tag")).isEqualTo("latest");

    JsonObject tag = new JsonObject().put("tag", "latest");
    String check = "/api/v1/repositories/up%2Fteam%2Fapp/check";
    assertThat(new JsonObject(console.post(check, tag).body()).getString("outcome"))
        .isEqualTo("confirmed");
    upstream.publish("team/app", GeneratedBlob.of(2, 1_000));
    assertThat(new JsonObject(console.post(check, tag).body()).getString("outcome"))
        .isEqualTo("moved");
    upstream.stop();
    assertThat(new JsonObject(console.post(check, tag).body()).getString("outcome"))
        .isEqualTo("kept");

    JsonObject deletion = new JsonObject().put("repositoryName", "up/team/app").put("force", true);
    assertThat(console.post("/api/v1/ecr/DeleteRepository", deletion).statusCode()).isEqualTo(200);
    assertThat(console.json("/api/v1/repositories").getJsonArray("repositories")).isEmpty();
    JsonObject overview = console.json("/api/v1/overview");
    assertThat(overview.getJsonArray("errors").getJsonObject(0).getString("what"))
        .startsWith("rule up: ");
  }

  @Test
  void aFillIsSeenToGrow() throws Exception {
    GeneratedBlob large = GeneratedBlob.of(3, 20_000_000);
    try (TestUpstream slow = TestUpstream.start(Pace.of(2 << 20));
        Stream<String> events = console.events()) {
      slow.publish("big", large);
      JsonObject rule =
          new JsonObject()
              .put("ecrRepositoryPrefix", "slow")
              .put("upstreamRegistryUrl", "127.0.0.1:" + slow.port());
      HttpResponse<String> made = console.post("/api/v1/ecr/CreatePullThroughCacheRule", rule);
      assertThat(made.statusCode()).as(made.body()).isEqualTo(200);
      Thread pulling =
          Thread.startVirtualThread(
              () -> {
                try {
                  node.get("/v2/slow/big/blobs/" + large.digest());
                } catch (Exception cut) {
                  // The test is over.
                }
              });
      List<Long> seen =
          events
              .filter(line -> line.startsWith("data: {"))
              .map(line -> new JsonObject(line.substring("data: ".length())).getJsonArray("fills"))
              .filter(fills -> fills != null && !fills.isEmpty())
              .limit(3)
              .map(fills -> fills.getJsonObject(0).getLong("bytes"))
              .toList();
      assertThat(seen).isSorted().doesNotHaveDuplicates();
      pulling.interrupt();
    }
  }

  @Test
  void othersSeeOnlyWhatIsTheirsAndChangeNothing() throws Exception {
    pull();
    try (ConsoleClient ci = new ConsoleClient(node)) {
      assertThat(ci.login("AKIASLUICECI00000001", "wrong")).isEqualTo(401);
      assertThat(ci.get("/api/v1/overview").statusCode()).isEqualTo(401);
      assertThat(ci.login("AKIASLUICECI00000001", SECRET)).isEqualTo(200);
      assertThat(ci.json("/api/v1/repositories").getJsonArray("repositories")).isEmpty();
      assertThat(ci.json("/api/v1/activity").getJsonArray("pulls")).isEmpty();
      assertThat(ci.get("/api/v1/repositories/up%2Fteam%2Fapp").statusCode()).isEqualTo(404);
      JsonObject deletion = new JsonObject().put("ecrRepositoryPrefix", "up");
      assertThat(ci.post("/api/v1/ecr/DeletePullThroughCacheRule", deletion).body())
          .contains("AccessDeniedException");
    }
  }

  @Test
  void aBrowserThatListensDoesNotKeepTheNodeFromEnding() throws Exception {
    try (Stream<String> events = console.events()) {
      long begun = System.nanoTime();
      node.stop();
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(15));
      assertThat(events.filter(line -> line.startsWith("event: overview"))).isNotNull();
    }
  }
}

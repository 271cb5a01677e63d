package dev.sluice.deploy.accept;

import static dev.sluice.deploy.accept.KeyedNode.PREFIX;
import static dev.sluice.deploy.accept.KeyedNode.REPOSITORY;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
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
  private static final String PAGE = "/api/v1/repositories/" + REPOSITORY.replace("/", "%2F");

  @TempDir Path folder;
  @AutoClose private KeyedNode site;
  @AutoClose private ConsoleClient console;
  private final GeneratedBlob layer = GeneratedBlob.of(1, 3_000_000);

  @BeforeEach
  void start() throws Exception {
    site = KeyedNode.start(folder, Pace.of(Integer.MAX_VALUE));
    site.publish(layer);
    console = new ConsoleClient(site.node());
    assertThat(console.login(EcrAdmin.ID, EcrAdmin.SECRET)).isEqualTo(200);
  }

  private void pull(String repository) throws Exception {
    String path = "/v2/" + repository;
    assertThat(site.node().get(path + "/manifests/latest").statusCode()).isEqualTo(200);
    HttpResponse<byte[]> blob = site.node().get(path + "/blobs/" + layer.digest());
    assertThat(Sha256.of(blob.body())).isEqualTo(layer.digest());
  }

  @Test
  void theOverviewAddsUpToWhatWasPulled() throws Exception {
    pull(REPOSITORY);
    pull(REPOSITORY);

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
    pull(REPOSITORY);

    JsonObject line =
        console.json("/api/v1/repositories").getJsonArray("repositories").getJsonObject(0);
    assertThat(line.getString("name")).isEqualTo(REPOSITORY);
    assertThat(line.getLong("bytes")).isGreaterThan(3_000_000);
    JsonObject image = console.json(PAGE).getJsonArray("images").getJsonObject(0);
    assertThat(image.getJsonArray("tags").getJsonObject(0).getString("tag")).isEqualTo("latest");

    JsonObject tag = new JsonObject().put("tag", "latest");
    String check = PAGE + "/check";
    assertThat(new JsonObject(console.post(check, tag).body()).getString("outcome"))
        .isEqualTo("confirmed");
    site.publish(GeneratedBlob.of(2, 1_000));
    assertThat(new JsonObject(console.post(check, tag).body()).getString("outcome"))
        .isEqualTo("moved");
    site.upstream().stop();
    assertThat(new JsonObject(console.post(check, tag).body()).getString("outcome"))
        .isEqualTo("kept");

    JsonObject deletion = new JsonObject().put("repositoryName", REPOSITORY).put("force", true);
    assertThat(console.post("/api/v1/ecr/DeleteRepository", deletion).statusCode()).isEqualTo(200);
    assertThat(console.json("/api/v1/repositories").getJsonArray("repositories")).isEmpty();
    JsonObject overview = console.json("/api/v1/overview");
    assertThat(overview.getJsonArray("errors").getJsonObject(0).getString("what"))
        .startsWith("rule " + PREFIX + ": ");
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
                  site.node().get("/v2/slow/big/blobs/" + large.digest());
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
    site.upstream().publish("other/app", layer);
    pull(REPOSITORY);
    pull(PREFIX + "/other/app");
    try (ConsoleClient reader = new ConsoleClient(site.node())) {
      assertThat(reader.login(KeyedNode.READER, "wrong")).isEqualTo(401);
      assertThat(reader.get("/api/v1/overview").statusCode()).isEqualTo(401);
      assertThat(reader.login(KeyedNode.READER, KeyedNode.READER_SECRET)).isEqualTo(200);
      assertThat(reader.json("/api/v1/repositories").getJsonArray("repositories")).hasSize(1);
      assertThat(reader.json("/api/v1/activity").getJsonArray("pulls")).hasSize(2);
      String others = "/api/v1/repositories/" + PREFIX + "%2Fother%2Fapp";
      assertThat(reader.get(others).statusCode()).isEqualTo(404);
      assertThat(console.get(others).statusCode()).isEqualTo(200);
      JsonObject deletion = new JsonObject().put("ecrRepositoryPrefix", PREFIX);
      assertThat(reader.post("/api/v1/ecr/DeletePullThroughCacheRule", deletion).body())
          .contains("AccessDeniedException");
    }
  }

  @Test
  void aBrowserThatListensDoesNotKeepTheNodeFromEnding() throws Exception {
    try (Stream<String> events = console.events()) {
      long begun = System.nanoTime();
      site.node().stop();
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(15));
      assertThat(events.filter(line -> line.startsWith("event: overview"))).isNotNull();
    }
  }
}

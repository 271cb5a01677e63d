package dev.sluice.deploy.accept;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A bucket that lets a node do nothing costs no pull, and few lines. */
class RefusingBucketTest {

  private static final byte[] REFUSAL =
      "<Error><Code>AccessDenied</Code><Message>no</Message></Error>".getBytes(UTF_8);

  @TempDir Path folder;
  @AutoClose private TestUpstream upstream;
  @AutoClose private final ExecutorService answering = Executors.newCachedThreadPool();
  private final AtomicInteger lists = new AtomicInteger();
  private HttpServer bucket;

  @BeforeEach
  void start() throws Exception {
    upstream = TestUpstream.start(Pace.of(Integer.MAX_VALUE));
    bucket = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    bucket.setExecutor(answering);
    bucket.createContext("/", this::refuse);
    bucket.start();
  }

  @AfterEach
  void stop() {
    bucket.stop(0);
  }

  private void refuse(HttpExchange asked) throws IOException {
    try (asked) {
      String query = asked.getRequestURI().getQuery();
      if (query != null && query.contains("list-type=2")) {
        lists.incrementAndGet();
      }
      asked.getRequestBody().readAllBytes();
      boolean isHead = asked.getRequestMethod().equals("HEAD");
      asked.sendResponseHeaders(403, isHead ? -1 : REFUSAL.length);
      if (!isHead) {
        asked.getResponseBody().write(REFUSAL);
      }
    }
  }

  private String yaml() throws IOException {
    Path key = Files.writeString(folder.resolve("key"), "a-key-that-may-nothing");
    return """

    storage:
      type: s3
      grace: 10s
      s3:
        bucket: refusing
        endpoint: http://127.0.0.1:%d
        accessKeyFile: %s
        secretKeyFile: %s
    """
        .formatted(bucket.getAddress().getPort(), key, key);
  }

  @Test
  void itIsToldOfOnceHoweverOftenItRefuses() throws Exception {
    RuleConfig rule = RuleConfig.daily("up", upstream.endpoint());
    NodeConfig config = NodeConfig.of(folder.resolve("data"), rule).with(yaml());
    try (SluiceNode node = SluiceNode.start(config)) {
      for (int i = 0; i < 5; i++) {
        GeneratedBlob layer = GeneratedBlob.of(i, 200_000);
        upstream.publish("team/app" + i, layer);
        assertThat(node.get("/v2/up/team/app" + i + "/manifests/latest").statusCode())
            .isEqualTo(200);
        assertThat(Sha256.of(node.get("/v2/up/team/app" + i + "/blobs/" + layer.digest()).body()))
            .isEqualTo(layer.digest());
      }
      // The first is of what is copied later, those after it are of what no image lists.
      Await.until("three looks at the bucket", Duration.ofSeconds(60), () -> lists.get() >= 4);

      assertThat(node.log().lines().filter(line -> line.contains("AccessDenied")))
          .satisfiesExactlyInAnyOrder(
              line -> assertThat(line).contains("goes on without the archive for now"),
              line -> assertThat(line).contains("blobs that no image lists were not all dropped"));
      assertThat(node.log()).doesNotContain("the archive does not give");
    }
  }
}

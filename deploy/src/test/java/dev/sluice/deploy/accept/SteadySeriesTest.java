package dev.sluice.deploy.accept;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** However many names clients make up, the number of series stays what it is. */
class SteadySeriesTest {
  private static final int NAMES = Integer.getInteger("sluice.test.names", 100_000);

  /** Vert.x takes up to 128 requests of one connection at once. */
  private static final int AT_ONCE = 100;

  /** Each of them is asked of the upstream, which takes longer. */
  private static final int OF_A_RULE = 300;

  /** What clients may ask, with a random name in it; each kind has its series from the first on. */
  private static final List<String> KINDS =
      List.of(
          "HEAD /v2/%s/manifests/latest",
          "HEAD /v2/a/manifests/%s",
          "HEAD /v2/%s/blobs/sha256:0000000000000000000000000000000000000000000000000000000000000000",
          "HEAD /v2/%s/tags/list",
          "HEAD /%s",
          "HEAD /v2/%s/NOT/A/NAME");

  @TempDir Path folder;

  @Test
  @Timeout(300)
  void aHundredThousandRandomNamesAddNoSeries() throws Exception {
    try (var upstream = TestUpstream.start(Pace.of(Integer.MAX_VALUE));
        var node = SluiceNode.start(config(upstream));
        var socket = new Socket(InetAddress.getLoopbackAddress(), node.port())) {
      var random = new Random(7);
      var in = new BufferedInputStream(socket.getInputStream());
      ask(socket, in, random, AT_ONCE, KINDS);
      ask(socket, in, random, 6, List.of("HEAD /v2/cache/%s/manifests/latest"));
      long before = series(node);

      for (int asked = 0; asked < NAMES; asked += AT_ONCE) {
        ask(socket, in, random, AT_ONCE, KINDS);
      }
      for (int asked = 0; asked < OF_A_RULE; asked += AT_ONCE) {
        ask(socket, in, random, AT_ONCE, List.of("HEAD /v2/cache/%s/manifests/latest"));
      }

      assertThat(before).isPositive();
      Await.until("all is counted", Duration.ofSeconds(10), () -> counted(node) > NAMES);
      assertThat(series(node)).as(node.metrics()).isEqualTo(before);
      assertThat(upstream.countOf("HEAD /v2/") + upstream.countOf("GET /v2/"))
          .isGreaterThanOrEqualTo(OF_A_RULE);
    }
  }

  private NodeConfig config(TestUpstream upstream) throws IOException {
    return NodeConfig.of(folder.resolve("data"), RuleConfig.daily("cache", upstream.endpoint()))
        .with("log: { requests: false }\nlimits: { requestsPerConnection: 1000000 }\n");
  }

  /** Sends so many requests one behind the other, and reads as many answers, which have no body. */
  private static void ask(
      Socket socket, InputStream in, Random random, int count, List<String> kinds)
      throws IOException {
    StringBuilder requests = new StringBuilder();
    for (int i = 0; i < count; i++) {
      String name = "n" + Long.toHexString(random.nextLong()) + Long.toHexString(random.nextLong());
      requests
          .append(kinds.get(i % kinds.size()).formatted(name))
          .append(" HTTP/1.1\r\nHost: ")
          .append(name)
          .append("\r\nUser-Agent: ")
          .append(name)
          .append("\r\n\r\n");
    }
    socket.getOutputStream().write(requests.toString().getBytes(StandardCharsets.US_ASCII));
    for (int i = 0; i < count; i++) {
      assertThat(HttpHead.read(in).status()).isBetween(200, 499);
    }
  }

  private static long series(SluiceNode node) throws Exception {
    return node.metrics().lines().filter(line -> !line.startsWith("#")).count();
  }

  private static double counted(SluiceNode node) throws Exception {
    return node.metrics()
        .lines()
        .filter(line -> line.startsWith("sluice_request_duration_seconds_count"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }
}

package dev.sluice.deploy.accept;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What three nodes know they know together, and nobody else hears of it. */
@RequiresCluster
class ClusterAgreementTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir Path folder;

  @Test
  void nodesListenWhereTheyAreToldToAndTellStrangersNothing() throws Exception {
    try (var upstream = TestUpstream.start(Pace.of(1 << 20));
        var cluster =
            TestCluster.start(folder, 2, RuleConfig.daily("cache", upstream.endpoint()))) {
      for (int i = 0; i < 2; i++) {
        SluiceNode node = cluster.node(i);
        ClusterSeat seat = cluster.seat(i);
        assertThat(listening(node.process().pid()))
            .isEqualTo(
                Stream.of(
                        node.port(),
                        node.config().management(),
                        seat.membershipPort(),
                        seat.busPort(),
                        seat.peerPort())
                    .map(port -> "127.0.0.1:" + port)
                    .collect(Collectors.toCollection(TreeSet::new)));
      }
      assertThatStrangersGetNothing(cluster, upstream);
    }
  }

  private static void assertThatStrangersGetNothing(TestCluster cluster, TestUpstream upstream)
      throws Exception {
    List<GeneratedBlob> layers = ClusterStory.publish(upstream, "team/app", 1, 1);
    var pull = new DockerLikePull(cluster.port(), "team/app", layers);
    ClusterStory.assertNoneFailed(ClusterStory.herd(1, pull).join());
    String request =
        "GET /blobs/%s HTTP/1.1\r\nHost: peer\r\n\r\n".formatted(layers.get(0).digest());
    for (ClusterSeat seat : List.of(cluster.seat(0), cluster.seat(1))) {
      assertThat(answer(seat.peerPort(), request.getBytes(UTF_8))).startsWith("HTTP/1.1 401");
      for (int port : List.of(seat.busPort(), seat.membershipPort())) {
        assertThat(answer(port, request.getBytes(UTF_8))).doesNotContain("200", "sluice");
        assertThat(answer(port, new byte[4096])).doesNotContain("sluice");
      }
    }
    cluster.awaitWhole();
    ClusterStory.assertNoneFailed(ClusterStory.herd(3, pull).join());
  }

  /** What a port says within a moment to whoever sends this. */
  private static String answer(int port, byte[] sent) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(2_000);
      socket.getOutputStream().write(sent);
      return new String(socket.getInputStream().readNBytes(4096), UTF_8);
    } catch (IOException silentOrCut) {
      return "";
    }
  }

  private static Set<String> listening(long pid) throws IOException {
    var ss = new Tool(List.of("ss", "-Hltnp"), Map.of(), Path.of("target", "tools"));
    return ss.succeed()
        .stdout()
        .lines()
        .filter(line -> line.contains("pid=" + pid + ","))
        .map(line -> line.split("\\s+")[3].replace("[::ffff:", "").replace("]", ""))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void whatOneNodeHasEveryNodeServesThoughUpstreamIsGone() throws Exception {
    try (var upstream = TestUpstream.start(Pace.of(8 << 20));
        var cluster =
            TestCluster.start(folder, 3, RuleConfig.daily("cache", upstream.endpoint()))) {
      List<GeneratedBlob> layers = ClusterStory.publish(upstream, "team/app", 2, 1);
      var first = new DockerLikePull(cluster.node(0).port(), "team/app", layers);
      ClusterStory.assertNoneFailed(ClusterStory.herd(1, first).join());
      upstream.stop();
      for (SluiceNode node : cluster.nodes()) {
        var pull = new DockerLikePull(node.port(), "team/app", layers);
        ClusterStory.assertNoneFailed(ClusterStory.herd(1, pull).join());
      }
      ClusterStory.assertFetched(cluster, upstream, layers, 1);
    }
  }

  @Test
  void aTagThatMovedIsSeenMovedByAll() throws Exception {
    RuleConfig[] rule = new RuleConfig[1];
    try (var upstream = TestUpstream.start(Pace.of(8 << 20))) {
      rule[0] = new RuleConfig("cache", "cache.registry.test", upstream.endpoint(), "2s");
      try (var cluster = TestCluster.start(folder, 3, rule)) {
        String before = publishAndSeeOnAll(cluster, upstream, 1);
        ClusterStory.publish(upstream, "team/app", 3, 1);
        for (SluiceNode node : cluster.nodes()) {
          Await.until(
              "the new image at " + node.registry(), SOON, () -> !digest(node).equals(before));
        }
      }
    }
  }

  private static String publishAndSeeOnAll(TestCluster cluster, TestUpstream upstream, int layers)
      throws Exception {
    ClusterStory.publish(upstream, "team/app", layers, 1);
    String seen = digest(cluster.node(0));
    for (SluiceNode node : cluster.nodes()) {
      assertThat(digest(node)).isEqualTo(seen);
    }
    assertThat(upstream.count("GET /v2/team/app/manifests/latest")).isOne();
    return seen;
  }

  private static String digest(SluiceNode node) throws IOException, InterruptedException {
    HttpResponse<byte[]> answer = node.get("/v2/cache/team/app/manifests/latest");
    assertThat(answer.statusCode()).isEqualTo(200);
    return answer.headers().firstValue("Docker-Content-Digest").orElseThrow();
  }
}

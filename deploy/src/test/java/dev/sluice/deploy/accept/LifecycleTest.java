package dev.sluice.deploy.accept;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.deploy.accept.HerdClient.Habit;
import dev.sluice.deploy.accept.HerdClient.Report;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a node begins and ends. */
class LifecycleTest {
  private static final Duration END_DEADLINE = Duration.ofSeconds(30);
  private static final GeneratedBlob BLOB = GeneratedBlob.of(4, 64 * 1024 * 1024);
  private static final String PATH = "/v2/cache/team/app/blobs/" + BLOB.digest();

  @TempDir Path folder;

  @Test
  void sigtermTurnsReadinessOffAndLetsASlowDownloadEnd() throws Exception {
    try (var upstream = TestUpstream.start(Pace.of(Integer.MAX_VALUE));
        var node = startWithCachedBlob(upstream);
        var download = RawDownload.request(node.port(), PATH)) {
      download.awaitAnswer();
      node.process().terminate();
      Await.until("readiness is off", Duration.ofSeconds(10), () -> node.readiness() != 200);
      assertThat(node.readiness()).isEqualTo(503);
      assertThat(node.health())
          .startsWith("{\"status\":\"not ready\",\"checks\":[")
          .contains("{\"name\":\"serving\",\"ok\":false,\"detail\":\"draining\"}")
          .contains("{\"name\":\"store\",\"ok\":true,\"detail\":\"takes blobs\"}");

      Report report = new HerdClient(Habit.HASHES, BLOB).follow(download);

      assertThat(report.bytes()).isEqualTo(BLOB.size());
      assertThat(report.correct()).isTrue();
      assertEnded(node);
    }
  }

  @Test
  void sigtermEndsTheProcessEvenWhenAClientNeverReads() throws Exception {
    try (var upstream = TestUpstream.start(Pace.of(Integer.MAX_VALUE));
        var node = startWithCachedBlob(upstream);
        var download = RawDownload.request(node.port(), PATH)) {
      download.awaitAnswer();
      node.process().terminate();

      assertEnded(node);
    }
  }

  @Test
  void aPortInUseIsSaidOnStandardErrorAndEndsTheNode() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      var rules = List.of(RuleConfig.daily("cache", "http://127.0.0.1:" + FreePort.next()));
      var config =
          new NodeConfig(port, FreePort.next(), folder.resolve("data"), rules, "pull", "", "");
      try (var process = NodeProcess.serve(folder, config.yaml())) {
        assertThat(process.endsWithin(END_DEADLINE)).as(process.output()).isTrue();
        assertThat(process.exitCode()).isNotZero();
        assertThat(process.stderr()).contains("" + port).containsIgnoringCase("in use");
      }
    }
  }

  @Test
  void everyMistakeOfAConfigurationIsReportedAtOnce() throws Exception {
    String yaml =
        """
        listen: nowhere
        management: 127.0.0.1:99999
        access: { anonymous: sometimes }
        colour: blue
        rules:
          - prefix: "Not A Prefix"
            upstream: registry.test
            checkInterval: soon
          - prefix: without-upstream
          - prefix: strange-endpoint
            upstream: registry.test
            endpoint: ftp://127.0.0.1
        """;
    try (var process = NodeProcess.serve(folder, yaml)) {
      assertThat(process.endsWithin(END_DEADLINE)).as(process.output()).isTrue();
      assertThat(process.exitCode()).isNotZero();
      assertThat(process.output())
          .contains("listen: ", "management: ", "access.anonymous: ", "colour: ")
          .contains("rules[0].prefix: ", "rules[0].checkInterval: ")
          .contains("rules[1].upstream: ", "rules[2].endpoint: ");
    }
  }

  private SluiceNode startWithCachedBlob(TestUpstream upstream) throws Exception {
    upstream.publish("team/app", BLOB);
    RuleConfig rule = RuleConfig.daily("cache", upstream.endpoint());
    SluiceNode node = SluiceNode.start(NodeConfig.of(folder.resolve("data"), rule));
    try (var download = RawDownload.request(node.port(), PATH)) {
      Report report = new HerdClient(Habit.HASHES, BLOB).follow(download);
      assertThat(report.correct()).as(node.log()).isTrue();
      return node;
    } catch (Throwable e) {
      node.close();
      throw e;
    }
  }

  private static void assertEnded(SluiceNode node) throws Exception {
    assertThat(node.process().endsWithin(END_DEADLINE)).as(node.log()).isTrue();
    assertThat(node.process().exitCode()).as(node.log()).isIn(0, 143);
  }
}

package dev.sluice.deploy.accept;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.deploy.accept.HerdClient.Habit;
import dev.sluice.deploy.accept.HerdClient.Report;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** SIGKILL in the midst of a fill costs that fill and nothing else. */
class CrashTest {
  private static final Duration RECOVERY_DEADLINE = Duration.ofSeconds(10);
  private static final long MIB = 1024 * 1024;
  private static final GeneratedBlob BIG = GeneratedBlob.of(2, 32 * MIB);
  private static final GeneratedBlob SMALL = GeneratedBlob.of(3, 1000);
  private static final String BIG_BLOB = "/v2/cache/team/big/blobs/" + BIG.digest();

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(ints = {1, 25, 50, 75, 95})
  void aNodeKilledDuringAFillLosesOnlyThatFill(int percent) throws Exception {
    try (var upstream = TestUpstream.start(Pace.of(20 * MIB))) {
      upstream.publish("team/small", SMALL);
      upstream.publish("team/big", BIG);
      RuleConfig rule = RuleConfig.daily("cache", upstream.endpoint());
      NodeConfig config = NodeConfig.of(folder.resolve("data"), rule);
      killDuringFill(config, percent);
      upstream.stop();

      try (var node = SluiceNode.startWithin(RECOVERY_DEADLINE, config.onFreshPorts())) {
        assertDataIsSound(config);
        assertThat(assertSmallImageIsServed(node)).isIn("hit", "stale");
        upstream.resume();
        assertBigImageIsServed(node);
        assertDataIsSound(config);
      }
    }
  }

  private static void killDuringFill(NodeConfig config, int percent) throws Exception {
    try (var node = SluiceNode.start(config)) {
      assertThat(assertSmallImageIsServed(node)).isEqualTo("miss");
      assertThat(node.get("/v2/cache/team/big/manifests/latest").statusCode()).isEqualTo(200);
      try (var download = RawDownload.request(node.port(), BIG_BLOB)) {
        assertThat(download.head().status()).isEqualTo(200);
        skip(download, BIG.size() * percent / 100);
        node.killHard();
      }
    }
  }

  private static void skip(RawDownload download, long bytes) throws IOException {
    byte[] buffer = new byte[16 * 1024];
    long left = bytes;
    while (left > 0) {
      int length = download.read(buffer);
      assertThat(length).as("bytes before the kill").isPositive();
      left -= length;
    }
  }

  private static void assertDataIsSound(NodeConfig config) throws IOException {
    var data = new DataFolder(config.data());
    assertThat(data.incomplete()).isEmpty();
    assertThat(data.blobs()).isNotEmpty();
    assertThat(data.corrupt()).isEmpty();
  }

  /** Returns the manifest's {@code X-Cache}. */
  private static String assertSmallImageIsServed(SluiceNode node) throws Exception {
    HttpResponse<byte[]> manifest = node.get("/v2/cache/team/small/manifests/latest");
    assertThat(manifest.statusCode()).as(node.log()).isEqualTo(200);
    assertThat(manifest.headers().firstValue("Docker-Content-Digest"))
        .hasValue(Sha256.of(manifest.body()));
    HttpResponse<byte[]> blob = node.get("/v2/cache/team/small/blobs/" + SMALL.digest());
    assertThat(Sha256.of(blob.body())).isEqualTo(SMALL.digest());
    return manifest.headers().firstValue("X-Cache").orElse("");
  }

  private static void assertBigImageIsServed(SluiceNode node) throws IOException {
    try (var download = RawDownload.request(node.port(), BIG_BLOB)) {
      Report report = new HerdClient(Habit.HASHES, BIG).follow(download);
      assertThat(report.status()).isEqualTo(200);
      assertThat(report.bytes()).isEqualTo(BIG.size());
      assertThat(report.correct()).isTrue();
    }
  }
}

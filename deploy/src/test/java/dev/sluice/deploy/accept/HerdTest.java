package dev.sluice.deploy.accept;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.deploy.accept.HerdClient.Habit;
import dev.sluice.deploy.accept.HerdClient.Report;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Two hundred clients want the same uncached blob at once. The blob has 64 MiB; {@code
 * -Dsluice.test.herd=256} makes it larger.
 */
class HerdTest {
  private static final Logger LOG = LoggerFactory.getLogger(HerdTest.class);

  private static final int HASHING = 10;
  private static final int LEAVING = 10;
  private static final int SAMPLING = 179;
  private static final long SIZE = Integer.getInteger("sluice.test.herd", 64) * 1024L * 1024L;
  private static final long FILL_SECONDS = 3;

  @TempDir Path folder;

  @Test
  void oneUpstreamDownloadServesTwoHundredClientsAtOnce() throws Exception {
    GeneratedBlob blob = GeneratedBlob.of(1, SIZE);
    var everyoneAsked = new CountDownLatch(HASHING + LEAVING + SAMPLING + 1);
    Pace pace = Pace.behind(everyoneAsked, SIZE / FILL_SECONDS);
    try (var upstream = TestUpstream.start(pace);
        var node = startSmallNode(upstream)) {
      upstream.publish("team/big", blob);
      assertThat(node.get("/v2/cache/team/big/manifests/latest").statusCode()).isEqualTo(200);

      List<Report> reports = herd(node.port(), blob, everyoneAsked);

      assertThat(upstream.count("GET /v2/team/big/blobs/" + blob.digest())).isOne();
      assertThat(reports)
          .allMatch(report -> report.status() == 200 && report.correct())
          .allMatch(report -> report.bytes() >= SIZE / 2);
      assertThat(reports)
          .filteredOn(report -> report.habit() != Habit.LEAVES_HALF_WAY)
          .hasSize(HASHING + SAMPLING)
          .allMatch(report -> report.bytes() == SIZE);
      tellFirstBytes(pace, reports);
      assertThat(node.log()).doesNotContain("OutOfMemoryError");
      assertThat(node.readiness()).isEqualTo(200);
    }
  }

  private SluiceNode startSmallNode(TestUpstream upstream) throws Exception {
    RuleConfig rule = RuleConfig.daily("cache", upstream.endpoint());
    return SluiceNode.start(NodeConfig.of(folder.resolve("data"), rule), "-Xmx128m");
  }

  /** Runs all clients beside one that asks and then reads nothing at all. */
  private static List<Report> herd(int port, GeneratedBlob blob, CountDownLatch asked)
      throws Exception {
    String path = "/v2/cache/team/big/blobs/" + blob.digest();
    List<Callable<Report>> clients = new ArrayList<>();
    for (Habit habit : habits()) {
      clients.add(
          () -> {
            try (var download = RawDownload.request(port, path)) {
              asked.countDown();
              return new HerdClient(habit, blob).follow(download);
            }
          });
    }
    try (var _ = silentClient(port, path, asked);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Report> reports = new ArrayList<>();
      for (Future<Report> report : threads.invokeAll(clients)) {
        reports.add(report.get());
      }
      return reports;
    }
  }

  private static RawDownload silentClient(int port, String path, CountDownLatch asked)
      throws IOException {
    RawDownload silent = RawDownload.request(port, path);
    asked.countDown();
    return silent;
  }

  private static List<Habit> habits() {
    List<Habit> habits = new ArrayList<>();
    for (int i = 0; i < HASHING; i++) {
      habits.add(Habit.HASHES);
    }
    for (int i = 0; i < LEAVING; i++) {
      habits.add(Habit.LEAVES_HALF_WAY);
    }
    for (int i = 0; i < SAMPLING; i++) {
      habits.add(Habit.SAMPLES);
    }
    return habits;
  }

  /** Only told: with 200 readers at full speed it says more about the machine than the node. */
  private static void tellFirstBytes(Pace pace, List<Report> reports) {
    List<Duration> delays =
        reports.stream()
            .map(report -> Duration.ofNanos(report.firstByteAt() - pace.begunAt()))
            .sorted()
            .toList();
    LOG.info(
        "first byte at full speed: median {}, slowest {}",
        delays.get(delays.size() / 2),
        delays.getLast());
  }
}

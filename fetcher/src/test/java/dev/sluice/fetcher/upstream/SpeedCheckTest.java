package dev.sluice.fetcher.upstream;

import static dev.sluice.fetcher.fake.FakeRegistry.BLOBS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.fake.TravelFaults;
import dev.sluice.fetcher.pull.Bench;
import dev.sluice.fetcher.pull.BenchOptions;
import dev.sluice.fetcher.pull.Download.End;
import dev.sluice.fetcher.upstream.Deadlines.Progress;
import dev.sluice.storage.Digest;
import io.vertx.core.Context;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bodies that hardly move. */
class SpeedCheckTest {

  private static final Progress LEAST = new Progress(1000, Duration.ofMillis(200));

  @TempDir Path folder;
  @AutoClose private Bench bench;

  @BeforeEach
  void open() {
    Duration long20 = Duration.ofSeconds(20);
    Backoff brief = new Backoff(Duration.ofMillis(1), Duration.ofMillis(5));
    bench =
        new Bench(
            folder,
            BenchOptions.plain().deadlines(new Deadlines(long20, long20, long20, LEAST, brief)));
  }

  @Test
  void aTrickleIsCutAndResumed() {
    Digest layer = bench.registry.image("app", "latest").layer(100_000).push().layer(0);
    bench.registry.onGet(BLOBS).once(TravelFaults.trickle(1, Duration.ofMillis(20)));

    assertThat(bench.read("up/app", layer))
        .isInstanceOfSatisfying(End.Whole.class, whole -> assertThat(whole.is(layer)).isTrue());

    assertThat(bench.registry.count("GET", BLOBS)).isGreaterThan(1);
    assertThat(bench.registry.requests("GET", BLOBS).getFirst().bytesSent()).isLessThan(100_000);
  }

  @Test
  void aTrickleForEverEnds() {
    Digest layer = bench.registry.image("app", "latest").layer(100_000).push().layer(0);
    bench.registry.onGet(BLOBS).always(TravelFaults.trickle(1, Duration.ofMillis(20)));
    assertThat(bench.read("up/app", layer)).isEqualTo(new End.Cut());
    bench.drain();
    assertThat(bench.registry.count("GET", BLOBS)).isEqualTo(4);
    assertThat(bench.store.incomplete()).isEmpty();
  }

  @Test
  void whatWeHoldUpOurselvesIsNotJudged() throws InterruptedException {
    Context context = bench.vertx.getOrCreateContext();
    Semaphore heldUp = new Semaphore(0);
    Semaphore flowing = new Semaphore(0);
    context.runOnContext(
        turn -> {
          SpeedCheck held = new SpeedCheck(bench.vertx, LEAST, heldUp::release);
          held.flows();
          held.waits();
          chain(flowing, 3);
        });
    assertThat(flowing.tryAcquire(3, 20, TimeUnit.SECONDS)).isTrue();
    assertThat(heldUp.availablePermits()).isZero();
  }

  /** Bodies without a byte, one after another. */
  private void chain(Semaphore ended, int left) {
    if (left > 0) {
      new SpeedCheck(
              bench.vertx,
              LEAST,
              () -> {
                ended.release();
                chain(ended, left - 1);
              })
          .flows();
    }
  }

  @Test
  void aBodyThatHasEndedIsNotJudged() throws InterruptedException {
    Semaphore over = new Semaphore(0);
    Semaphore flowing = new Semaphore(0);
    bench
        .vertx
        .getOrCreateContext()
        .runOnContext(
            turn -> {
              SpeedCheck whole = new SpeedCheck(bench.vertx, LEAST, over::release);
              whole.flows();
              whole.end();
              whole.flows();
              chain(flowing, 2);
            });
    assertThat(flowing.tryAcquire(2, 20, TimeUnit.SECONDS)).isTrue();
    assertThat(over.availablePermits()).isZero();
  }
}

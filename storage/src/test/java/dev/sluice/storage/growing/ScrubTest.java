package dev.sluice.storage.growing;

import static dev.sluice.storage.disk.SomeBlobs.bytes;
import static dev.sluice.storage.disk.SomeBlobs.place;
import static dev.sluice.storage.disk.SomeBlobs.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.storage.BlobFile;
import dev.sluice.storage.Digest;
import dev.sluice.storage.SettableClock;
import dev.sluice.storage.disk.DiskBlobStore;
import dev.sluice.storage.disk.SpaceLimit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every blob is read now and then; time passes as the test lets it. */
class ScrubTest {

  private static final Duration INTERVAL = Duration.ofDays(7);
  private static final int LENGTH = 1 << 20;

  @TempDir Path root;
  private final SettableClock clock = new SettableClock();
  private final BlockingQueue<Duration> rests = new LinkedBlockingQueue<>();
  private final Semaphore pace = new Semaphore(0);
  private DiskBlobStore store;
  private Scrub scrub;
  private Thread running;

  @BeforeEach
  void open() throws IOException {
    store = DiskBlobStore.open(root, new SpaceLimit.Bytes(1 << 30), clock);
    scrub = new Scrub(store, INTERVAL, clock, this::rest);
  }

  @AfterEach
  void stop() throws InterruptedException {
    if (running != null) {
      running.interrupt();
      running.join();
    }
  }

  private void rest(Duration time) throws InterruptedException {
    rests.add(time);
    pace.acquire();
    clock.pass(time);
  }

  private void run() {
    running = Thread.ofVirtual().start(scrub);
  }

  /** Lets it read one blob of four turns, and returns how long it rested meanwhile. */
  private Duration aBlob() throws InterruptedException {
    Duration rested = Duration.ZERO;
    for (int turn = 0; turn < 4; turn++) {
      rested = rested.plus(oneRest());
      pace.release();
    }
    return rested;
  }

  private Duration oneRest() throws InterruptedException {
    Duration rest = rests.poll(20, TimeUnit.SECONDS);
    assertThat(rest).isNotNull();
    return rest;
  }

  @Test
  void aRoundReadsEveryBlobAtItsPaceAndTheNextBeginsAnIntervalAfterIt() throws Exception {
    for (int number = 0; number < 3; number++) {
      write(store, bytes(number, LENGTH));
    }
    Instant begun = clock.instant();
    run();
    for (int blob = 0; blob < 3; blob++) {
      assertThat(aBlob()).isEqualTo(Duration.ofMillis(250));
    }
    Duration untilTheNext = oneRest();

    ScrubProgress progress = scrub.progress();
    assertThat(progress.checkedBlobs()).isEqualTo(3).isEqualTo(progress.blobs());
    assertThat(progress.checkedBytes()).isEqualTo(3 * LENGTH).isEqualTo(progress.bytes());
    assertThat(progress.ratio()).isEqualTo(1);
    assertThat(progress.isRunning()).isFalse();
    assertThat(progress.completed()).contains(clock.instant());
    assertThat(clock.instant().plus(untilTheNext)).isEqualTo(begun.plus(INTERVAL));
    pace.release();
    assertThat(oneRest()).isPositive();
    assertThat(scrub.progress().isRunning()).isTrue();
  }

  @Test
  void whatIsWrongIsSetAsideBeforeAnybodyAsks() throws Exception {
    write(store, bytes(1, LENGTH));
    Digest damaged = write(store, bytes(2, LENGTH));
    byte[] other = bytes(2, LENGTH);
    other[LENGTH / 2] ^= 1;
    Files.write(place(root, damaged), other);
    run();
    aBlob();
    aBlob();
    oneRest();

    assertThat(scrub.progress().wrong()).isEqualTo(1);
    assertThat(store.wrong()).isEqualTo(1);
    assertThat(store.find(damaged)).isEmpty();
  }

  @Test
  void whatWasReadIsKnownRightAndNotCountedAsUsed() throws Exception {
    Digest digest = write(store, bytes(1, LENGTH));
    store = DiskBlobStore.open(root, new SpaceLimit.Bytes(1 << 30), clock);
    scrub = new Scrub(store, INTERVAL, clock, this::rest);
    Path file = place(root, digest);
    Object used = Files.getAttribute(file, "lastAccessTime");
    clock.pass(Duration.ofDays(1));
    run();
    aBlob();
    oneRest();

    assertThat(Files.getAttribute(file, "lastAccessTime")).isEqualTo(used);
    try (BlobFile held = store.hold(digest)) {
      assertThat(held.isVerified()).isTrue();
    }
  }

  @Test
  void whatHasGoneMeanwhileIsPassedOver() throws Exception {
    Digest first = write(store, bytes(1, LENGTH));
    Digest second = write(store, bytes(2, LENGTH));
    run();
    oneRest();
    store.delete(first);
    store.delete(second);
    pace.release(4);
    for (int turn = 0; turn < 4; turn++) {
      oneRest();
    }

    assertThat(scrub.progress().checkedBlobs()).isEqualTo(2);
    assertThat(scrub.progress().wrong()).isZero();
  }

  @Test
  void itStopsInTheMiddleOfABlob() throws Exception {
    write(store, bytes(1, LENGTH));
    run();
    oneRest();
    running.interrupt();
    running.join();

    assertThat(scrub.progress().isRunning()).isFalse();
    assertThat(scrub.progress().wrong()).isZero();
    assertThat(store.wrong()).isZero();
  }

  @Test
  void whereThereIsNothingItWaits() throws Exception {
    run();
    assertThat(oneRest()).isEqualTo(INTERVAL);
    assertThat(scrub.progress().ratio()).isEqualTo(1);
  }
}

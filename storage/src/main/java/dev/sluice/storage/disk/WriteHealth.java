package dev.sluice.storage.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the disk takes what is written. After a write that failed it is left alone for a while,
 * and then tried with a few bytes before a blob is begun that others would follow in vain.
 */
final class WriteHealth {

  private static final Logger LOG = LoggerFactory.getLogger(WriteHealth.class);

  private static final Duration LEFT_ALONE = Duration.ofSeconds(5);

  /** More than a full file system may still squeeze in somewhere. */
  private static final int PROBE_BYTES = 1 << 16;

  private final BlobLayout layout;
  private final Clock clock;
  private final Runnable full;
  private final AtomicLong probes = new AtomicLong();
  private final ReentrantLock probing = new ReentrantLock();
  private volatile Failure failure;

  private record Failure(String reason, Instant at) {}

  /**
   * @param full called where the disk has nothing left
   */
  WriteHealth(BlobLayout layout, Clock clock, Runnable full) {
    this.layout = layout;
    this.clock = clock;
    this.full = full;
  }

  /** Why nothing can be written; empty where nothing is known against it. */
  Optional<String> trouble() {
    return Optional.ofNullable(failure).map(Failure::reason);
  }

  /** Tries again where the last write failed; for one who does so now and then. */
  void tryAgain() {
    try {
      check();
    } catch (IOException still) {
      LOG.debug("the disk still refuses writes: {}", still.toString());
    }
  }

  /** A write has failed, so that the next ones are not tried at once. */
  <E extends Exception> E failed(E why) {
    if (why instanceof IOException && !(why instanceof NoRoom)) {
      if (failure == null) {
        LOG.error(
            "the disk refuses writes, so blobs pass through and are not kept: {}", why.toString());
      }
      failure = new Failure(DiskWords.of(why), clock.instant());
      if (DiskWords.isFull(why)) {
        full.run();
      }
    }
    return why;
  }

  /**
   * Returns where a blob may be begun.
   *
   * @throws IOException where the disk refuses, or did a moment ago
   */
  void check() throws IOException {
    Failure last = failure;
    if (last == null) {
      return;
    }
    if (Duration.between(last.at, clock.instant()).abs().compareTo(LEFT_ALONE) < 0) {
      throw new IOException(last.reason);
    }
    if (!probing.tryLock()) {
      throw new IOException(last.reason);
    }
    try {
      probe();
    } finally {
      probing.unlock();
    }
    failure = null;
    LOG.info("the disk takes writes again, and blobs are kept");
  }

  private void probe() throws IOException {
    Path file = layout.probe(probes.incrementAndGet());
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.allocate(PROBE_BYTES);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    } catch (IOException refused) {
      failure = new Failure(DiskWords.of(refused), clock.instant());
      throw refused;
    } finally {
      Files.deleteIfExists(file);
    }
  }
}

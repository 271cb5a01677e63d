package dev.sluice.deploy;

import dev.sluice.storage.disk.DiskBlobStore;
import dev.sluice.storage.growing.Scrub;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What is done for the disk while nobody asks for anything; off the event loops. */
final class DiskCare implements AutoCloseable {

  private static final Duration TRIED_AGAIN = Duration.ofSeconds(10);

  private final List<Thread> threads;

  private DiskCare(List<Thread> threads) {
    this.threads = threads;
  }

  /**
   * Begins.
   *
   * @param scrub empty where blobs are not to be read unless they are asked for
   */
  static DiskCare begin(DiskBlobStore disk, Optional<Scrub> scrub) {
    Runnable trying = () -> tryAgainAndAgain(disk);
    return new DiskCare(
        Stream.concat(Stream.of(trying), scrub.stream()).map(Thread::startVirtualThread).toList());
  }

  private static void tryAgainAndAgain(DiskBlobStore disk) {
    try {
      while (true) {
        Thread.sleep(TRIED_AGAIN);
        disk.tryAgain();
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends soon. */
  @Override
  public void close() {
    threads.forEach(Thread::interrupt);
  }
}

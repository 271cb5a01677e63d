package dev.sluice.gateway.access;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The few threads that hash passwords, and a queue before them that does not grow. */
final class PasswordThreads {

  /** How soon a place in the queue may well be free. */
  static final Duration TURN = Duration.ofSeconds(2);

  /** So many at once; pulls need the rest of the machine. */
  private static final int THREADS = 2;

  /** So many may wait; at the usual cost of 10 the last of them waits two seconds. */
  private static final int WAITING = 64;

  private static final int IDLE_SECONDS = 5;

  private final Semaphore places = new Semaphore(THREADS + WAITING);
  private final ExecutorService threads;

  PasswordThreads() {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> Thread.ofPlatform().daemon().name("passwords").unstarted(task));
    // Nobody has to close what ends by itself.
    pool.allowCoreThreadTimeOut(true);
    threads = pool;
  }

  /** Takes a place; false where none is left. */
  boolean reserve() {
    return places.tryAcquire();
  }

  /** Gives back a place that is not needed. */
  void giveBack() {
    places.release();
  }

  /** Runs a task on a place that was reserved, which is free again where it cannot be run. */
  void run(Runnable task) {
    try {
      threads.execute(
          () -> {
            try {
              task.run();
            } finally {
              places.release();
            }
          });
    } catch (RuntimeException | Error noThread) {
      places.release();
      throw noThread;
    }
  }
}

package dev.sluice.fetcher.pull;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Holds threads where they are until the test lets them go on. */
public final class Hold {

  /** Holds nobody. */
  static final Hold OPEN = new Hold();

  static {
    OPEN.release();
  }

  private final CountDownLatch reached = new CountDownLatch(1);
  private final CountDownLatch open = new CountDownLatch(1);

  /** Waits until somebody is held. */
  public void awaitHeld() {
    await(reached);
  }

  /** Lets all go on. */
  public void release() {
    open.countDown();
  }

  /** Goes on once that is allowed. */
  void pass() {
    reached.countDown();
    await(open);
  }

  private static void await(CountDownLatch latch) {
    try {
      if (!latch.await(30, TimeUnit.SECONDS)) {
        throw new AssertionError("nothing came of it");
      }
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }
}

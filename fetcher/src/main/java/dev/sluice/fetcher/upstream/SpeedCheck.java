package dev.sluice.fetcher.upstream;

import io.vertx.core.Vertx;

/**
 * Watches whether a body makes progress. A window in which we held the body up ourselves is not
 * judged. Used on the body's context.
 */
final class SpeedCheck {

  private static final long NOT_RUNNING = -1;

  private final Vertx vertx;
  private final Deadlines.Progress least;
  private final Runnable tooSlow;
  private long timer = NOT_RUNNING;
  private long came;
  private boolean flowing;
  private boolean heldUp;
  private boolean over;

  SpeedCheck(Vertx vertx, Deadlines.Progress least, Runnable tooSlow) {
    this.vertx = vertx;
    this.least = least;
    this.tooSlow = tooSlow;
  }

  /** The body may flow from now on. */
  void flows() {
    flowing = true;
    if (timer == NOT_RUNNING && !over) {
      timer = vertx.setPeriodic(least.window().toMillis(), end -> windowEnded());
    }
  }

  /** The body has to wait from now on. */
  void waits() {
    flowing = false;
    heldUp = true;
  }

  void came(int bytes) {
    came += bytes;
  }

  /** Nothing more is expected. */
  void end() {
    over = true;
    vertx.cancelTimer(timer);
  }

  private void windowEnded() {
    boolean slow = !heldUp && came < least.bytes();
    came = 0;
    heldUp = !flowing;
    if (slow) {
      end();
      tooSlow.run();
    }
  }
}

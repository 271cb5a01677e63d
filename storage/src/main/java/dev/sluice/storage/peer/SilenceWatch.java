package dev.sluice.storage.peer;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Tells a peer that waits for bytes itself from one that has fallen silent, by asking it on another
 * connection. Counts only the time in which its stream may flow. Used on the stream's context.
 */
final class SilenceWatch {

  private final Vertx vertx;
  private final PeerTimings timings;
  private final Supplier<Future<Progress>> question;
  private final Runnable silent;
  private long position;
  private long movedAt;
  private boolean flowing;
  private boolean over;
  private boolean ticking;

  /** Grows whenever what was asked before is of no interest any more. */
  private long round;

  /**
   * @param question how far the blob is at the peer
   * @param silent called once at most
   */
  SilenceWatch(
      Vertx vertx, PeerTimings timings, Supplier<Future<Progress>> question, Runnable silent) {
    this.vertx = vertx;
    this.timings = timings;
    this.question = question;
    this.silent = silent;
  }

  /**
   * The stream may flow from now on.
   *
   * @param from the first byte that has not come yet
   */
  void flows(long from) {
    if (!flowing && !over) {
      flowing = true;
      reached(from);
      if (!ticking) {
        tick(timings.silence());
      }
    }
  }

  /** Its reader wants no bytes for now. */
  void waits() {
    flowing = false;
    round++;
  }

  /** The stream has come up to this byte. */
  void reached(long at) {
    position = at;
    movedAt = System.nanoTime();
  }

  /** Nothing more is expected. */
  void end() {
    over = true;
    round++;
  }

  /** One timer for many bytes, and for many pauses: it looks back when it fires. */
  private void tick(Duration time) {
    ticking = true;
    vertx.setTimer(
        Math.max(1, time.toMillis()),
        due -> {
          ticking = false;
          if (flowing && !over) {
            lookBack();
          }
        });
  }

  private void lookBack() {
    Duration left = timings.silence().minusNanos(System.nanoTime() - movedAt);
    if (left.isPositive()) {
      tick(left);
      return;
    }
    long asked = position;
    long mine = ++round;
    question
        .get()
        .onComplete(
            answer -> {
              if (mine == round) {
                judge(answer, asked);
              }
            });
  }

  private void judge(AsyncResult<Progress> answer, long asked) {
    if (position > asked) {
      tick(timings.silence());
    } else if (answer.failed()) {
      fallSilent();
    } else if (answer.result().stored() || answer.result().readable() > asked) {
      settle(asked);
    } else {
      reached(asked);
      tick(timings.silence());
    }
  }

  /** The peer's answer may have overtaken its bytes. */
  private void settle(long asked) {
    long mine = round;
    vertx.setTimer(
        timings.settle().toMillis(),
        due -> {
          if (mine == round && position == asked) {
            fallSilent();
          } else if (mine == round) {
            tick(timings.silence());
          }
        });
  }

  private void fallSilent() {
    end();
    silent.run();
  }
}

package dev.sluice.fetcher.fake;

import io.vertx.core.Context;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** Holds answers at a point until the test lets them go on. */
public final class Gate {
  private final Monitor monitor = new Monitor();
  private final Deque<Runnable> held = new ArrayDeque<>();
  private boolean open;

  /** How many answers stand at the gate now, those included whose client has left meanwhile. */
  public int held() {
    return monitor.hold(held::size);
  }

  /** Blocks until so many answers stand at the gate at once; fails after 10 s. */
  public void awaitHeld(int count) {
    awaitHeld(count, Monitor.PATIENCE);
  }

  /** Blocks until so many answers stand at the gate at once; fails past the deadline. */
  public void awaitHeld(int count, Duration deadline) {
    monitor.await(
        () -> held.size() >= count, deadline, () -> held.size() + " of " + count + " are held");
  }

  /** Opens for good: everything held goes on, and whatever comes later passes. */
  public void release() {
    monitor.hold(
        () -> {
          open = true;
          held.forEach(Runnable::run);
          held.clear();
          return true;
        });
  }

  /** Lets the one go on that has waited longest; the gate stays shut. */
  public void releaseOne() {
    Runnable first = monitor.hold(held::poll);
    if (first == null) {
      throw new AssertionError("nothing is held");
    }
    first.run();
  }

  /** Takes an answer in; it goes on, on its own context, when the gate lets it. */
  void arrive(Context context, Runnable onward) {
    boolean passes =
        monitor.hold(
            () -> {
              if (!open) {
                held.add(() -> context.runOnContext(_ -> onward.run()));
              }
              return open;
            });
    if (passes) {
      onward.run();
    }
  }
}

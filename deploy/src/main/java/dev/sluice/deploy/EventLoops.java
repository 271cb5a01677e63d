package dev.sluice.deploy;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/**
 * How late each event loop is with what is due: it is asked for a turn ten times a second. What
 * blocks one holds up every client on it, and nothing else says so.
 */
final class EventLoops {

  private static final long EVERY_MILLIS = 100;

  private static final Duration[] BUCKETS = {
    Duration.ofMillis(5),
    Duration.ofMillis(20),
    Duration.ofMillis(100),
    Duration.ofMillis(500),
    Duration.ofSeconds(2),
    Duration.ofSeconds(10)
  };

  private final MeterRegistry registry;
  private final Set<Beat> beats = ConcurrentHashMap.newKeySet();

  EventLoops(MeterRegistry registry) {
    this.registry = registry;
  }

  /**
   * Watches all event loops of a Vert.x.
   *
   * @param vertx which nobody else is using yet, so that its loops are handed out in turn
   * @param count how many it has
   * @param serving a word for what they do
   */
  void watch(Vertx vertx, int count, String serving) {
    watch(vertx, count, serving, () -> false);
  }

  /** The same until it is over. */
  void watch(Vertx vertx, int count, String serving, BooleanSupplier isOver) {
    Timer delays =
        Timer.builder("sluice.event.loop.delay")
            .description("How late event loops are with what is due")
            .serviceLevelObjectives(BUCKETS)
            .tag("serving", serving)
            .register(registry);
    for (int i = 0; i < count; i++) {
      Context loop = ((VertxInternal) vertx).createEventLoopContext();
      Beat beat = new Beat(vertx, delays, isOver);
      beats.add(beat);
      loop.runOnContext(turn -> beat.next());
    }
  }

  /** How late the latest of them is at this moment. */
  Duration delay() {
    beats.removeIf(beat -> beat.isOver.getAsBoolean());
    long now = System.nanoTime();
    return Duration.ofNanos(beats.stream().mapToLong(beat -> now - beat.due).max().orElse(0));
  }

  private static final class Beat {
    private final Vertx vertx;
    private final Timer delays;
    private final BooleanSupplier isOver;
    private volatile long due = System.nanoTime();

    Beat(Vertx vertx, Timer delays, BooleanSupplier isOver) {
      this.vertx = vertx;
      this.delays = delays;
      this.isOver = isOver;
    }

    /** On its loop; timers that are set there come back there. */
    void next() {
      due = System.nanoTime() + EVERY_MILLIS * 1_000_000;
      vertx.setTimer(EVERY_MILLIS, turn -> came());
    }

    private void came() {
      delays.record(Duration.ofNanos(Math.max(0, System.nanoTime() - due)));
      if (!isOver.getAsBoolean()) {
        next();
      }
    }
  }
}

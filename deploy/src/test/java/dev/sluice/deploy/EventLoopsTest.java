package dev.sluice.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.storage.peer.Waiting;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.internal.VertxInternal;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An event loop that is held up is found out, whichever it is. */
class EventLoopsTest {

  private static final int COUNT = 3;
  private static final Duration LONG = Duration.ofMillis(300);

  private final MeterRegistry registry = new SimpleMeterRegistry();
  private final EventLoops loops = new EventLoops(registry);
  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(COUNT));

  @AfterEach
  void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void eachOfThemIsWatched() throws Exception {
    loops.watch(vertx, COUNT, "clients");
    Timer delays = registry.get("sluice.event.loop.delay").timer();
    for (int i = 0; i < COUNT; i++) {
      CountDownLatch held = new CountDownLatch(1);
      CountDownLatch released = new CountDownLatch(1);
      // The next in turn: each of them once.
      ((VertxInternal) vertx)
          .createEventLoopContext()
          .runOnContext(
              turn -> {
                held.countDown();
                hold(released);
              });
      assertThat(held.await(5, TimeUnit.SECONDS)).isTrue();
      Waiting.until(() -> loops.delay().compareTo(LONG) > 0);
      released.countDown();
      Waiting.until(() -> loops.delay().compareTo(LONG) < 0);
    }
    Waiting.until(() -> delays.max(TimeUnit.MILLISECONDS) >= LONG.toMillis());
    assertThat(delays.count()).isGreaterThan(COUNT);
  }

  @Test
  void oneThatIsOverIsForgotten() {
    boolean[] over = new boolean[1];
    loops.watch(vertx, 1, "bus", () -> over[0]);
    over[0] = true;
    assertThat(loops.delay()).isZero();
  }

  private static void hold(CountDownLatch released) {
    try {
      released.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }
}

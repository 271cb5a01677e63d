package dev.sluice.fetcher.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PaceTest {

  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final Vertx vertx = Vertx.vertx();
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 7);

  @AfterEach
  void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private Pace pace(int perSecond) {
    return new Pace(vertx, nanos::get, perSecond);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 9, 20, 100, 10_000})
  void noWindowOfASecondHoldsMoreThanTheRate(int perSecond) {
    // The timers of a clock that stands still never let anybody out: every turn is taken by asking.
    List<Long> out = new ArrayList<>();
    long start = nanos.get();
    Pace pace = pace(perSecond);
    for (long at = 0; at < 3 * SECOND; at += SECOND / 40_000) {
      nanos.set(start + at);
      if (pace.waitFor(Purpose.PULL).isZero()) {
        assertThat(pace.turn(Purpose.PULL).result()).isTrue();
        out.add(at);
      }
    }
    for (int i = perSecond; i < out.size(); i++) {
      assertThat(out.get(i) - out.get(i - perSecond)).isGreaterThanOrEqualTo(SECOND);
    }
    assertThat(out).hasSizeGreaterThanOrEqualTo((int) (2.6 * perSecond));
  }

  @Test
  void aTenthOfTheRateGoesOutAtOnce() {
    Pace pace = pace(100);
    for (int i = 0; i < 10; i++) {
      assertThat(pace.turn(Purpose.PULL).result()).isTrue();
    }
    Future<Boolean> next = pace.turn(Purpose.PULL);
    assertThat(next.isComplete()).isFalse();
    nanos.addAndGet(SECOND);
    assertThat(next.toCompletionStage().toCompletableFuture().join()).isTrue();
  }

  @Test
  void peopleGoFirstThenChecksThenCompletion() throws Exception {
    Pace pace = pace(1);
    pace.turn(Purpose.PULL);
    List<Purpose> order = new ArrayList<>();
    List<Future<Boolean>> turns = new ArrayList<>();
    for (Purpose purpose : List.of(Purpose.COMPLETION, Purpose.CHECK, Purpose.PULL)) {
      turns.add(pace.turn(purpose).onSuccess(now -> order.add(purpose)));
    }
    for (int i = 1; i <= turns.size(); i++) {
      nanos.addAndGet(SECOND);
      turns.get(turns.size() - i).toCompletionStage().toCompletableFuture().get();
    }
    assertThat(order).containsExactly(Purpose.PULL, Purpose.CHECK, Purpose.COMPLETION);
  }

  @Test
  void whoWouldWaitTooLongIsTurnedAway() {
    Pace pace = pace(2);
    pace.turn(Purpose.PULL);
    for (int i = 0; i < 20; i++) {
      assertThat(pace.turn(Purpose.CHECK).isComplete()).isFalse();
    }
    assertThat(pace.turn(Purpose.CHECK).result()).isFalse();
    assertThat(pace.waitFor(Purpose.CHECK)).isGreaterThanOrEqualTo(Duration.ofSeconds(10));
    // People do not stand behind checks.
    assertThat(pace.turn(Purpose.PULL).isComplete()).isFalse();
    assertThat(pace.waitFor(Purpose.PULL)).isLessThanOrEqualTo(Duration.ofSeconds(2));
  }
}

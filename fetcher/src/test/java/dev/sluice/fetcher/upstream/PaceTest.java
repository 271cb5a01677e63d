package dev.sluice.fetcher.upstream;

import static dev.sluice.fetcher.pull.Answers.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PaceTest {

  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final Vertx vertx = Vertx.vertx();
  private final Context context = vertx.getOrCreateContext();
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 7);

  @AfterEach
  void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private Pace pace(int perSecond) {
    return new Pace(vertx, nanos::get, perSecond, () -> 1);
  }

  /** Runs on the one context to which a pace is confined. */
  private <T> T on(Callable<T> body) throws Exception {
    Promise<T> done = Promise.promise();
    context.runOnContext(
        turn -> {
          try {
            done.complete(body.call());
          } catch (Exception | AssertionError failure) {
            done.fail(failure);
          }
        });
    return await(done.future());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 9, 20, 100, 10_000})
  void noWindowOfASecondHoldsMoreThanTheRate(int perSecond) throws Exception {
    List<Long> out = on(() -> whenTurnsCome(pace(perSecond)));
    for (int i = perSecond; i < out.size(); i++) {
      assertThat(out.get(i) - out.get(i - perSecond)).isGreaterThanOrEqualTo(SECOND);
    }
    assertThat(out).hasSizeGreaterThanOrEqualTo((int) (2.6 * perSecond));
  }

  /** Asks again and again for three seconds, in which no timer fires: they pass at once. */
  private List<Long> whenTurnsCome(Pace pace) {
    List<Long> out = new ArrayList<>();
    long start = nanos.get();
    for (long at = 0; at < 3 * SECOND; at += SECOND / 40_000) {
      nanos.set(start + at);
      if (pace.waitFor(Purpose.PULL).isZero()) {
        assertThat(pace.turn(Purpose.PULL).result()).isTrue();
        out.add(at);
      }
    }
    return out;
  }

  @Test
  void aTenthOfTheRateGoesOutAtOnce() throws Exception {
    Pace pace = pace(100);
    Future<Boolean> next =
        on(
            () -> {
              for (int i = 0; i < 10; i++) {
                assertThat(pace.turn(Purpose.PULL).result()).isTrue();
              }
              Future<Boolean> eleventh = pace.turn(Purpose.PULL);
              assertThat(eleventh.isComplete()).isFalse();
              return eleventh;
            });
    nanos.addAndGet(SECOND);
    assertThat(await(next)).isTrue();
  }

  @Test
  void peopleGoFirstThenChecksThenCompletion() throws Exception {
    Pace pace = pace(1);
    List<Purpose> order = new CopyOnWriteArrayList<>();
    Map<Purpose, Future<Boolean>> turns = new HashMap<>();
    on(
        () -> {
          pace.turn(Purpose.PULL);
          for (Purpose purpose : List.of(Purpose.COMPLETION, Purpose.CHECK, Purpose.PULL)) {
            turns.put(purpose, pace.turn(purpose).onSuccess(now -> order.add(purpose)));
          }
          return null;
        });
    for (Purpose purpose : List.of(Purpose.PULL, Purpose.CHECK, Purpose.COMPLETION)) {
      nanos.addAndGet(SECOND);
      await(turns.get(purpose));
    }
    assertThat(order).containsExactly(Purpose.PULL, Purpose.CHECK, Purpose.COMPLETION);
  }

  @Test
  void whoWouldWaitTooLongIsTurnedAway() throws Exception {
    Pace pace = pace(2);
    on(
        () -> {
          pace.turn(Purpose.PULL);
          for (int i = 0; i < 20; i++) {
            assertThat(pace.turn(Purpose.CHECK).isComplete()).isFalse();
          }
          assertThat(pace.turn(Purpose.CHECK).result()).isFalse();
          assertThat(pace.waitFor(Purpose.CHECK)).isGreaterThanOrEqualTo(Duration.ofSeconds(10));
          // People do not stand behind checks.
          assertThat(pace.turn(Purpose.PULL).isComplete()).isFalse();
          assertThat(pace.waitFor(Purpose.PULL)).isLessThanOrEqualTo(Duration.ofSeconds(2));
          return null;
        });
  }

  @Test
  void aQuestionThatBecomesMoreUrgentChangesToTheEndOfTheOtherLine() throws Exception {
    Pace pace = pace(1);
    RisingPurpose rising = new RisingPurpose(Purpose.COMPLETION);
    List<String> order = new CopyOnWriteArrayList<>();
    List<Future<Boolean>> turns = new ArrayList<>();
    on(
        () -> {
          pace.turn(Purpose.PULL);
          turns.add(pace.turn(Purpose.PULL).onSuccess(now -> order.add("before")));
          turns.add(pace.turn(rising).onSuccess(now -> order.add("raised")));
          rising.raise(Purpose.PULL);
          turns.add(pace.turn(Purpose.PULL).onSuccess(now -> order.add("after")));
          return null;
        });
    for (Future<Boolean> turn : turns) {
      nanos.addAndGet(SECOND);
      assertThat(await(turn)).isTrue();
    }
    assertThat(order).containsExactly("before", "raised", "after");
  }

  @Test
  void whoeverIsRaisedIntoALineThatIsFullIsTurnedAway() throws Exception {
    Pace pace = pace(1);
    RisingPurpose rising = new RisingPurpose(Purpose.COMPLETION);
    on(
        () -> {
          pace.turn(Purpose.PULL);
          Future<Boolean> raised = pace.turn(rising);
          for (int i = 0; i < 10; i++) {
            assertThat(pace.turn(Purpose.PULL).isComplete()).isFalse();
          }
          rising.raise(Purpose.PULL);
          assertThat(raised.result()).isFalse();
          return null;
        });
  }
}

package dev.sluice.metadata.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.metadata.Answers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AuthorityTest {

  private final Health health = new Health();
  private final AtomicInteger probes = new AtomicInteger();
  private final AtomicInteger asked = new AtomicInteger();
  private final Authority authority =
      new Authority(
          _ -> null,
          new Patience(Duration.ofMillis(20), Duration.ofMillis(40), Duration.ofHours(1)),
          health,
          probes::incrementAndGet);

  private Future<String> ask(Future<String> answer) {
    return authority.ask(
        _ -> {
          asked.incrementAndGet();
          return answer;
        });
  }

  private void fail(int times) {
    for (int i = 0; i < times; i++) {
      Future<String> failed = ask(Future.failedFuture(new IOException("connection refused")));
      assertThatThrownBy(() -> Answers.of(failed)).hasRootCauseMessage("connection refused");
    }
  }

  @Test
  void afterFiveFailuresInARowItIsNotAskedAnyMore() {
    fail(5);

    Future<String> spared = ask(Future.succeededFuture("never heard"));

    assertThatThrownBy(() -> Answers.of(spared)).hasMessageContaining("failed before");
    assertThat(asked).hasValue(5);
    assertThat(probes).hasValue(1);
    assertThat(health.isSpared()).isTrue();
    assertThat(health.failures()).isEqualTo(5);
  }

  @Test
  void anAnswerBetweenFailuresKeepsItAsked() throws Exception {
    for (int i = 0; i < 3; i++) {
      fail(4);
      assertThat(Answers.of(ask(Future.succeededFuture("here")))).isEqualTo("here");
    }

    assertThat(asked).hasValue(15);
    assertThat(health.isSpared()).isFalse();
  }

  @Test
  void oneQuestionThatIsLeftUnansweredIsEnough() {
    Future<String> silent = ask(Promise.<String>promise().future());

    assertThatThrownBy(() -> Answers.of(silent)).hasCauseInstanceOf(TimeoutException.class);
    assertThat(authority.isSpared()).isTrue();
    assertThat(probes).hasValue(1);
  }

  @Test
  void aWrongQuestionIsNoFailure() {
    for (int i = 0; i < 9; i++) {
      Future<String> wrong = ask(Future.failedFuture(new IllegalArgumentException("no prefix")));
      assertThatThrownBy(() -> Answers.of(wrong)).hasRootCauseMessage("no prefix");
    }

    assertThat(health.isSpared()).isFalse();
    assertThat(health.failures()).isZero();
  }

  @Test
  void onlyAnAnswerToAProbeEndsThatItIsSpared() throws Exception {
    fail(5);
    Future<String> probe =
        authority.probe(() -> Future.failedFuture(new IOException("still gone")));
    assertThatThrownBy(() -> Answers.of(probe)).hasRootCauseMessage("still gone");
    assertThat(authority.isSpared()).isTrue();

    Answers.of(authority.probe(() -> Future.succeededFuture("here")));

    assertThat(health.isSpared()).isFalse();
    assertThat(Answers.of(ask(Future.succeededFuture("here")))).isEqualTo("here");
    fail(4);
    assertThat(health.isSpared()).isFalse();
  }

  @Test
  void aQuestionThatThrowsHasFailed() {
    Future<String> broken =
        authority.ask(
            _ -> {
              throw new IllegalStateException("not connected");
            });

    assertThatThrownBy(() -> Answers.of(broken)).hasRootCauseMessage("not connected");
    assertThat(health.failures()).isEqualTo(1);
  }
}

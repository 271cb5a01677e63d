package dev.sluice.fetcher.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.pull.SettableClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BreakerTest {

  private static final Question QUESTION = Question.get("app", "/manifests/latest", "*/*");

  private static Question question(int i) {
    return Question.get("app", "/manifests/t" + i, "*/*");
  }

  private final SettableClock clock = new SettableClock();
  private final Breaker breaker = new Breaker(clock);

  private void fail(int times) {
    for (int i = 0; i < times; i++) {
      breaker.failed();
    }
  }

  @Test
  void fiveFailuresInARowOpenIt() {
    fail(4);
    assertThat(breaker.lets(QUESTION)).isTrue();
    breaker.answered(QUESTION);
    fail(4);
    assertThat(breaker.isOpen()).isFalse();
    fail(1);
    assertThat(breaker.isOpen()).isTrue();
    assertThat(breaker.lets(QUESTION)).isFalse();
    assertThat(breaker.untilProbe()).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void oneProbeEveryThirtySeconds() {
    fail(5);
    for (int i = 0; i < 3; i++) {
      clock.advance(Duration.ofSeconds(29));
      assertThat(breaker.lets(QUESTION)).isFalse();
      clock.advance(Duration.ofSeconds(1));
      assertThat(breaker.lets(QUESTION)).isTrue();
      assertThat(breaker.lets(QUESTION)).isFalse();
    }
  }

  @Test
  void oneAnswerClosesIt() {
    fail(50);
    breaker.answered(QUESTION);
    assertThat(breaker.lets(QUESTION)).isTrue();
    assertThat(breaker.untilProbe()).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {-24L * 365 * 60, -25, -1, 25, 24 * 30})
  void aClockThatJumpsDoesNotKeepItOpen(long hours) {
    fail(5);
    clock.advance(Duration.ofHours(hours));
    assertThat(breaker.untilProbe()).isZero();
    assertThat(breaker.lets(QUESTION)).isTrue();
    assertThat(breaker.lets(QUESTION)).isFalse();
  }

  @Test
  void oneIllQuestionIsOneFailureHoweverOftenItIsAsked() {
    for (int i = 0; i < 50; i++) {
      breaker.failed(QUESTION);
    }
    assertThat(breaker.isOpen()).isFalse();
    for (int i = 0; i < 4; i++) {
      breaker.failed(question(i));
    }
    assertThat(breaker.isOpen()).isTrue();
  }

  @Test
  void anIllQuestionLetsOthersProbeFirst() {
    for (int i = 0; i < 5; i++) {
      breaker.failed(question(i));
    }
    clock.advance(Duration.ofSeconds(30));
    assertThat(breaker.lets(question(0))).isFalse();
    assertThat(breaker.lets(QUESTION)).isTrue();
    breaker.answered(QUESTION);
    assertThat(breaker.isOpen()).isFalse();
    assertThat(breaker.lets(question(0))).isTrue();
  }

  @Test
  void whereNobodyElseAsksAnIllQuestionIsTheProbe() {
    for (int i = 0; i < 5; i++) {
      breaker.failed(question(i));
    }
    clock.advance(Duration.ofSeconds(59));
    assertThat(breaker.lets(question(0))).isFalse();
    clock.advance(Duration.ofSeconds(1));
    assertThat(breaker.lets(question(0))).isTrue();
  }
}

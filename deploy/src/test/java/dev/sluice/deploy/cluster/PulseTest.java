package dev.sluice.deploy.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PulseTest {
  private final AtomicLong nanos = new AtomicLong();
  private final Pulse pulse = new Pulse(nanos::get);

  @BeforeEach
  void bothHaveAnswered() {
    pulse.heard("a", false);
    pulse.heard("b", false);
  }

  @Test
  void oneThatNeverAnsweredIsNotAskedForAnything() {
    assertThat(pulse.isWell("c")).isFalse();
  }

  @Test
  void aNeighbourIsWellUntilItMissesThreePingsInARow() {
    pulse.missed("a");
    pulse.missed("a");
    assertThat(pulse.isWell("a")).isTrue();
    pulse.heard("a", false);
    pulse.missed("a");
    pulse.missed("a");
    assertThat(pulse.isWell("a")).isTrue();
    pulse.missed("a");
    assertThat(pulse.isWell("a")).isFalse();
  }

  @Test
  void oneThatDidNotAnswerAQuestionIsNotAskedAgainBeforeItAnswersAPing() {
    pulse.silent("a");
    assertThat(pulse.isWell("a")).isFalse();
    assertThat(pulse.isWell("b")).isTrue();
    pulse.heard("a", false);
    assertThat(pulse.isWell("a")).isTrue();
  }

  @Test
  void silenceLastsFromItsBeginning() {
    assertThat(pulse.silence("a")).isZero();
    pulse.silent("a");
    nanos.set(5_000);
    pulse.silent("a");
    assertThat(pulse.silence("a")).isEqualTo(5_000);
  }

  @Test
  void oneThatLeavesIsNotAskedAlthoughItAnswers() {
    pulse.heard("a", true);
    assertThat(pulse.isWell("a")).isFalse();
    assertThat(pulse.silence("a")).isZero();
  }

  @Test
  void thoseWhoAreGoneAreForgotten() {
    pulse.silent("a");
    pulse.silent("b");
    pulse.keep(Set.of("b"));
    assertThat(pulse.silence("a")).isZero();
    assertThat(pulse.isWell("b")).isFalse();
  }
}

package dev.sluice.metadata;

import static dev.sluice.metadata.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TagEntryTest {

  private static final Duration DAY = Duration.ofHours(24);

  private final TagEntry entry = Samples.entry("content");

  @Test
  void anEntryIsFreshFromItsCheckUntilTheIntervalIsOver() {
    assertThat(entry.isFresh(NOON, DAY)).isTrue();
    assertThat(entry.isFresh(NOON.plus(DAY).minusNanos(1), DAY)).isTrue();
  }

  @Test
  void anEntryIsDueExactlyAtTheInterval() {
    assertThat(entry.isFresh(NOON.plus(DAY), DAY)).isFalse();
    assertThat(entry.isFresh(NOON.plus(DAY).plusSeconds(1), DAY)).isFalse();
  }

  @Test
  void anEntryIsDueWhenTheClockWasSetBack() {
    assertThat(entry.isFresh(NOON.minusNanos(1), DAY)).isFalse();
    assertThat(entry.isFresh(NOON.minus(Duration.ofDays(365)), DAY)).isFalse();
  }
}

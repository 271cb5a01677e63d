package dev.sluice.metadata;

import static dev.sluice.metadata.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
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

  @Test
  void theNextCheckMayBeginWhenThePauseIsOver() {
    FailedCheck failed = new FailedCheck(NOON, "down", NOON.plusSeconds(10));

    assertThat(failed.isOver(NOON)).isFalse();
    assertThat(failed.isOver(NOON.plusSeconds(10).minusNanos(1))).isFalse();
    assertThat(failed.isOver(NOON.plusSeconds(10))).isTrue();
    assertThat(failed.isOver(NOON.plus(DAY))).isTrue();
  }

  @Test
  void thePauseIsOverWhenTheClockWasSetBack() {
    FailedCheck failed = new FailedCheck(NOON, "down", NOON.plusSeconds(10));

    assertThat(failed.isOver(NOON.minusNanos(1))).isTrue();
    assertThat(failed.isOver(Instant.EPOCH)).isTrue();
  }

  @Test
  void confirmingMakesUpForAFailureAndFailingKeepsTheLastCheck() {
    FailedCheck failed = new FailedCheck(NOON, "down", NOON.plusSeconds(10));
    TagEntry after = entry.afterFailure(failed);

    assertThat(after.checkedAt()).isEqualTo(entry.checkedAt());
    assertThat(after.failed()).contains(failed);
    assertThat(after.confirmed(NOON.plus(DAY)))
        .isEqualTo(new TagEntry(entry.digest(), entry.mediaType(), NOON.plus(DAY)));
  }
}

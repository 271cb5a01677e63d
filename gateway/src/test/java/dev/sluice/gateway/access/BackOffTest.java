package dev.sluice.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.live.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackOffTest {

  private static final String HERE = "192.0.2.1";

  private final SettableClock clock = new SettableClock();
  private final BackOff backOff = new BackOff(clock);

  @Test
  void theFifthWrongTryWithinAMinuteBringsAWaitThatDoubles() {
    List<Long> waits = new ArrayList<>();
    for (int i = 0; i < 13; i++) {
      assertThat(backOff.begin("ann", HERE)).isZero();
      Duration wait = wait("ann", HERE);
      waits.add(wait.toSeconds());
      clock.advance(wait);
    }

    assertThat(waits).containsExactly(0L, 0L, 0L, 0L, 1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L, 60L);
  }

  /** However the tries are spread, and whatever the wait was before. */
  @Test
  void atMostTenTriesAreLookedAtInAnyMinute() {
    List<Instant> looked = new ArrayList<>();
    for (int i = 0; i < 40_000; i++) {
      if (backOff.begin("ann", HERE).isZero()) {
        looked.add(clock.instant());
      }
      clock.advance(Duration.ofMillis(i % 7 == 0 ? 1900 : 10));
    }

    assertThat(looked).hasSizeGreaterThan(50);
    for (Instant start : looked) {
      Instant end = start.plusSeconds(60);
      assertThat(looked.stream().filter(at -> !at.isBefore(start) && at.isBefore(end)).count())
          .isLessThanOrEqualTo(10);
    }
  }

  @Test
  void slowTriesNeverWait() {
    for (int i = 0; i < 100; i++) {
      assertThat(backOff.begin("ann", HERE)).isZero();
      clock.advance(Duration.ofSeconds(16));
    }
  }

  @Test
  void aRightTryForgivesThoseBefore() {
    for (int i = 0; i < 100; i++) {
      assertThat(backOff.begin("ann", HERE)).isZero();
      backOff.right("ann", HERE);
    }
  }

  @Test
  void onlyTheAccountAndTheAddressThatWereTriedWait() {
    tryUntilWait("ann", HERE);

    assertThat(backOff.begin("ann", HERE)).isPositive();
    assertThat(backOff.begin("ben", HERE)).isZero();
    assertThat(backOff.begin("ann", "192.0.2.2")).isZero();
  }

  @Test
  void whoTriesManyAccountsWaitsToo() {
    for (int i = 0; i < 20; i++) {
      assertThat(backOff.begin("user" + i, HERE)).isZero();
      backOff.wrong(HERE);
    }

    assertThat(backOff.begin("another", HERE)).isPositive();
    assertThat(backOff.begin("another", "192.0.2.2")).isZero();
  }

  @Test
  void tenQuietMinutesAreForgiven() {
    tryUntilWait("ann", HERE);
    clock.advance(Duration.ofMinutes(10).plusSeconds(1));

    tryUntilWait("ann", HERE);
    assertThat(wait("ann", HERE)).isEqualTo(Duration.ofSeconds(1));
  }

  @ParameterizedTest
  @CsvSource({
    "2001:db8:0:1:0:0:0:1, 2001:db8:0:1:9:9:9:9, true",
    "2001:db8:0:1:0:0:0:1, 2001:db8:0:2:0:0:0:1, false",
  })
  void oneNetworkOfIpv6IsOneAddress(String one, String other, boolean same) {
    tryUntilWait("ann", one);

    assertThat(backOff.begin("ann", other).isPositive()).isEqualTo(same);
  }

  private void tryUntilWait(String name, String address) {
    for (int i = 0; i < 5; i++) {
      assertThat(backOff.begin(name, address)).isZero();
    }
  }

  /** Asks only where a try would be refused, so that none is counted. */
  private Duration wait(String name, String address) {
    return backOff.wait(name, address);
  }
}

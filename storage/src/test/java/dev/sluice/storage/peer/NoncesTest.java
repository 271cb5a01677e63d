package dev.sluice.storage.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

/** A nonce passes once, as long as its time stamp could. */
class NoncesTest {

  private static final Duration REMEMBERED = Duration.ofMinutes(10);

  private Instant now = Instant.parse("2026-03-01T12:00:00Z");
  private final Nonces nonces = new Nonces(new Standing(), REMEMBERED);

  private final class Standing extends Clock {
    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException();
    }
  }

  @Test
  void aNonceIsNewOnce() {
    assertThat(nonces.isNew("a")).isTrue();
    assertThat(nonces.isNew("a")).isFalse();
    assertThat(nonces.isNew("b")).isTrue();
  }

  @Test
  void aNonceIsRememberedForItsTime() {
    now = now.plus(REMEMBERED).minusSeconds(1);
    assertThat(nonces.isNew("late in its half")).isTrue();
    now = now.plusSeconds(1);
    assertThat(nonces.isNew("first of the next")).isTrue();
    now = now.plus(REMEMBERED).minusSeconds(1);
    assertThat(nonces.isNew("late in its half")).isFalse();
  }

  @Test
  void theMemoryIsBounded() {
    for (int i = 0; i < 250_000; i++) {
      assertThat(nonces.isNew("nonce " + i)).isTrue();
    }
    assertThat(nonces.isNew("nonce 249999")).isFalse();
    assertThat(nonces.isNew("nonce 150001")).isFalse();
    assertThat(nonces.isNew("nonce 0")).isTrue();
  }
}

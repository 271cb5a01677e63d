package dev.sluice.fetcher.pull;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that stands still until it is moved, forward or back. */
public final class SettableClock extends Clock {

  /** What it shows at first. */
  public static final Instant NOON = Instant.parse("2030-06-01T12:00:00Z");

  private volatile Instant now = NOON;

  /** Moves it on by this much, or back. */
  public void advance(Duration by) {
    now = now.plus(by);
  }

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
    return this;
  }
}

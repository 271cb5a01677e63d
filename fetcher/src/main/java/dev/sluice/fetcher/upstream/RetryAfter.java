package dev.sluice.fetcher.upstream;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Reads {@code Retry-After} (RFC 9110 section 10.2.3), within sense. */
final class RetryAfter {

  /** However soon it says. */
  static final Duration LEAST = Duration.ofSeconds(1);

  /** However late it says: an upstream cannot shut itself off for longer than an hour. */
  static final Duration MOST = Duration.ofHours(1);

  private RetryAfter() {}

  /** How long to wait, from 1 s to 1 h; empty where it is neither seconds nor a date to come. */
  static Optional<Duration> parse(String header, Instant now) {
    boolean number = !header.isEmpty() && header.chars().allMatch(Character::isDigit);
    if (number) {
      long seconds = header.length() > 9 ? Long.MAX_VALUE : Long.parseLong(header);
      return Optional.of(within(seconds));
    }
    try {
      Instant date = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(header));
      return date.isAfter(now)
          ? Optional.of(within(Duration.between(now, date).toSeconds()))
          : Optional.empty();
    } catch (DateTimeException | ArithmeticException nonsense) {
      return Optional.empty();
    }
  }

  private static Duration within(long seconds) {
    return Duration.ofSeconds(Math.clamp(seconds, LEAST.toSeconds(), MOST.toSeconds()));
  }
}

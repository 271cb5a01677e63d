package dev.sluice.fetcher.upstream;

import java.time.Duration;
import java.util.Optional;

/** Reads {@code Retry-After} (RFC 9110 section 10.2.3), in seconds, within sense. */
final class RetryAfter {

  private static final Duration LEAST = Duration.ofSeconds(1);
  private static final Duration MOST = Duration.ofHours(1);

  /** Where upstream does not say, or says it as a date or as nonsense. */
  private static final Duration UNSAID = Duration.ofSeconds(60);

  private RetryAfter() {}

  /** How long to wait: an upstream cannot shut itself off for longer than an hour. */
  static Duration of(Optional<String> header) {
    String text = header.orElse("");
    if (text.isEmpty() || text.length() > 18 || !text.chars().allMatch(Character::isDigit)) {
      return UNSAID;
    }
    long seconds = Long.parseLong(text);
    return Duration.ofSeconds(Math.clamp(seconds, LEAST.toSeconds(), MOST.toSeconds()));
  }
}

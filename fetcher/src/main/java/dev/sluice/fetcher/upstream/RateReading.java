package dev.sluice.fetcher.upstream;

import dev.sluice.metadata.Allowance;
import dev.sluice.metadata.RateLimit;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads of an answer how an account stands: {@code ratelimit-limit} and {@code ratelimit-remaining}
 * as Docker Hub sends them, such as {@code 100;w=21600}, and status 429. Their absence is normal.
 *
 * @param status of HTTP
 * @param retryAfter the header {@code Retry-After}
 * @param body of an answer 429, as far as it could be read
 */
record RateReading(
    Question question,
    int status,
    Optional<Figure> limit,
    Optional<Figure> remaining,
    Optional<String> retryAfter,
    String body) {

  /** For a 429 that does not say how long: 1 s, 2 s, 4 s and so on, up to a minute. */
  private static final Backoff UNSAID = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1));

  /** A number of pulls, and the window for which it counts; zero where none is named. */
  record Figure(long pulls, Duration window) {

    /** A day, in seconds: an upstream cannot end checks and completion for longer. */
    private static final long LONGEST_WINDOW = 86_400;

    private static final Pattern FORM = Pattern.compile("(\\d{1,9})(?:\\s*;\\s*w=(\\d{1,9}))?");

    static Optional<Figure> parse(String header) {
      Matcher matcher = FORM.matcher(header.strip());
      if (!matcher.matches()) {
        return Optional.empty();
      }
      String window = matcher.group(2) == null ? "0" : matcher.group(2);
      return Optional.of(
          new Figure(
              Long.parseLong(matcher.group(1)),
              Duration.ofSeconds(Math.min(Long.parseLong(window), LONGEST_WINDOW))));
    }
  }

  static RateReading of(Question question, UpstreamResponse response, String body) {
    return new RateReading(
        question,
        response.status(),
        response.header("ratelimit-limit").flatMap(Figure::parse),
        response.header("ratelimit-remaining").flatMap(Figure::parse),
        response.header("Retry-After"),
        body);
  }

  /** What is known now, after what was known before. */
  RateLimit after(RateLimit before, Instant now, RandomGenerator random) {
    Optional<Allowance> allowance = allowance(now).or(before::allowance);
    if (status != 429) {
      return new RateLimit(allowance, before.pullsFrom(), before.requestsFrom(), 0);
    }
    boolean onlyPulls = concernsOnlyPulls();
    Instant barred = onlyPulls ? before.pullsFrom() : before.requestsFrom();
    // Of all that were out when it was refused, the first counts; the others are the same refusal.
    int refusals = barred.isAfter(now) ? before.refusals() : before.refusals() + 1;
    Duration pause =
        RetryAfter.parse(retryAfter.orElse(""), now).orElseGet(() -> unsaid(refusals, random));
    Instant until = Collections.max(List.of(barred, now.plus(pause)));
    return onlyPulls
        ? new RateLimit(allowance, until, before.requestsFrom(), refusals)
        : new RateLimit(allowance, before.pullsFrom(), until, refusals);
  }

  private Optional<Allowance> allowance(Instant now) {
    return limit.flatMap(
        whole ->
            remaining.map(
                left -> {
                  Duration window = left.window.isZero() ? whole.window : left.window;
                  return new Allowance(whole.pulls, left.pulls, window, now);
                }));
  }

  /** At least half of the step, and never less than what {@code Retry-After} may say. */
  private static Duration unsaid(int refusals, RandomGenerator random) {
    Duration half = UNSAID.ceiling(refusals).dividedBy(2);
    Duration pause = half.plus(new Backoff(half, half).pause(1, random));
    return pause.compareTo(RetryAfter.LEAST) < 0 ? RetryAfter.LEAST : pause;
  }

  /**
   * Whether a 429 is Docker Hub's pull limit, under which blobs and HEAD requests go on. Its abuse
   * limit, and what other registries mean by 429, stops everything.
   */
  private boolean concernsOnlyPulls() {
    return question.countsAsPull()
        && (remaining.filter(left -> left.pulls == 0).isPresent()
            || body.toLowerCase(Locale.ROOT).contains("pull rate limit"));
  }
}

package dev.sluice.fetcher.upstream;

import java.time.Duration;

/**
 * How long an upstream may take.
 *
 * @param connect until a connection stands
 * @param headers from the request to the answer's headers
 * @param idle without a byte of the body
 */
public record Deadlines(Duration connect, Duration headers, Duration idle) {

  /** The figures of the design: 5 s, 10 s, 30 s. */
  public static final Deadlines DEFAULT =
      new Deadlines(Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(30));
}

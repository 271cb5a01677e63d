package dev.sluice.fetcher.upstream;

import java.time.Duration;

/**
 * How long an upstream may take.
 *
 * @param connect until a connection stands
 * @param headers from the request to the answer's headers
 * @param idle without a byte of the body
 * @param progress what a body has to bring all the same
 * @param resumes the pauses before a body that broke off is asked for again
 */
public record Deadlines(
    Duration connect, Duration headers, Duration idle, Progress progress, Backoff resumes) {

  /** The figures of the design: 5 s, 10 s, 30 s; 1 KiB/s over 60 s; 100 ms up to 2 s. */
  public static final Deadlines DEFAULT =
      new Deadlines(Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(30));

  /**
   * The least that a body has to bring while nobody holds it up.
   *
   * @param bytes within every window
   */
  public record Progress(long bytes, Duration window) {
    private static final Progress USUAL = new Progress(60 << 10, Duration.ofSeconds(60));
  }

  /** With the usual progress and pauses. */
  public Deadlines(Duration connect, Duration headers, Duration idle) {
    this(
        connect,
        headers,
        idle,
        Progress.USUAL,
        new Backoff(Duration.ofMillis(100), Duration.ofSeconds(2)));
  }
}

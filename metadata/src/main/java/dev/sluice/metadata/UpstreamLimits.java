package dev.sluice.metadata;

/**
 * How much of an upstream a rule may take.
 *
 * @param requestsPerSecond 1 to {@value #MOST_PER_SECOND}
 * @param reservePercent of the upstream's own rate limit, 0 to 100: kept back for the pulls of
 *     people; checks and completion stop before it
 */
public record UpstreamLimits(int requestsPerSecond, int reservePercent) {

  /** The most requests a second that may be allowed. */
  public static final int MOST_PER_SECOND = 10_000;

  /** What holds where nothing is said. */
  public static final UpstreamLimits USUAL = new UpstreamLimits(100, 20);

  /** Accepts only what lies within the ranges. */
  public UpstreamLimits {
    if (requestsPerSecond < 1 || requestsPerSecond > MOST_PER_SECOND) {
      throw new IllegalArgumentException("not 1 to " + MOST_PER_SECOND + " requests a second");
    }
    if (reservePercent < 0 || reservePercent > 100) {
      throw new IllegalArgumentException("not 0 to 100 percent");
    }
  }
}

package dev.sluice.deploy.accept;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/** What the clients of a load saw. */
record LoadFigures(List<Sample> samples) {
  private static final long FIRST = Duration.ofSeconds(1).toNanos();

  /**
   * One request.
   *
   * @param into nanoseconds of the phase that had passed when it was sent
   * @param took nanoseconds until the whole answer was there
   * @param trouble what was wrong with the answer; empty where nothing was
   */
  record Sample(String phase, boolean isCached, long into, long took, Optional<String> trouble) {}

  /** No request failed, of what is cached or of what is not. */
  void assertNoneFailed() {
    assertThat(samples.stream().filter(sample -> sample.trouble.isPresent())).isEmpty();
  }

  /** No request for what is cached failed. */
  void assertNoneFailedOfCached() {
    assertThat(samples.stream().filter(Sample::isCached).filter(s -> s.trouble.isPresent()))
        .isEmpty();
  }

  /** The time within which 99 of 100 requests for what is cached were answered. */
  Duration slowest(String phase, boolean isFirstSecond) {
    long[] times =
        samples.stream()
            .filter(sample -> sample.isCached && sample.phase.equals(phase))
            .filter(sample -> isFirstSecond == (sample.into < FIRST))
            .mapToLong(Sample::took)
            .sorted()
            .toArray();
    return times.length == 0
        ? Duration.ZERO
        : Duration.ofNanos(times[Math.ceilDiv(99 * times.length, 100) - 1]);
  }

  /** A line for each phase. */
  List<String> lines() {
    return samples.stream().map(Sample::phase).distinct().map(this::line).toList();
  }

  private String line(String phase) {
    return String.format(
        Locale.ROOT,
        "%-34s %5d cached, %d failed; 99 of 100 within %5.0f ms, after a second %5.0f ms;"
            + " %3d uncached, %d failed",
        phase,
        count(phase, Sample::isCached),
        count(phase, sample -> sample.isCached && sample.trouble.isPresent()),
        slowest(phase, true).toNanos() / 1e6,
        slowest(phase, false).toNanos() / 1e6,
        count(phase, sample -> !sample.isCached),
        count(phase, sample -> !sample.isCached && sample.trouble.isPresent()));
  }

  private long count(String phase, Predicate<Sample> which) {
    return samples.stream().filter(sample -> sample.phase.equals(phase)).filter(which).count();
  }
}

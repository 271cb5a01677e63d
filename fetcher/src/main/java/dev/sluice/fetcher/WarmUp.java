package dev.sluice.fetcher;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A warm-up as it stands at one moment.
 *
 * @param isListed whether all its images are known; not so while a registry's catalogue is read
 * @param arrived what was not here before
 * @param failures the first {@value #MOST_FAILURES}
 * @param waitsFor why nothing goes on just now, in words for people; empty where something does
 * @param endedAt empty while it goes on
 */
public record WarmUp(
    String id,
    State state,
    Images images,
    boolean isListed,
    Arrivals arrived,
    List<Failure> failures,
    Optional<String> waitsFor,
    Instant startedAt,
    Optional<Instant> endedAt) {

  /** How many failures are told one by one; all are counted. */
  public static final int MOST_FAILURES = 1_000;

  /** Copies the list. */
  public WarmUp {
    failures = List.copyOf(failures);
  }

  /** Without its failures one by one, which may be many. */
  public WarmUp brief() {
    return new WarmUp(
        id, state, images, isListed, arrived, List.of(), waitsFor, startedAt, endedAt);
  }

  /** Where it stands. */
  public enum State {
    /** It goes on, or waits until it can. */
    RUNNING,
    /** Every image is here, or has failed. */
    DONE,
    /** Somebody ended it, or the node did. */
    CANCELLED
  }

  /**
   * Its images.
   *
   * @param wanted as far as they are known
   */
  public record Images(int wanted, int done, int failed) {
    /** How many are neither here nor given up. */
    public int waiting() {
      return wanted - done - failed;
    }
  }

  /**
   * Configs and layers that were brought in, here or on another node.
   *
   * @param bytes of those whose size is known
   */
  public record Arrivals(int blobs, long bytes) {}

  /**
   * An image that was given up.
   *
   * @param image as it was named; a rule or repository, where its images could not be listed
   * @param why what happened and what to do
   */
  public record Failure(String image, String why) {}
}

package dev.sluice.gateway.console;

import java.util.Optional;

/**
 * How this node is at this moment, besides what it is asked for.
 *
 * @param trouble in words for people, whether or not clients may be sent here; empty for none
 */
public record NodeFacts(boolean ready, Optional<String> trouble, Storage storage) {

  /**
   * Its disk.
   *
   * @param limitBytes what blobs may take
   * @param isRefusing whether nothing can be kept
   * @param evicted blobs that made room for others, since the start
   * @param damaged blobs that were found wrong at rest, since the start
   * @param scrubRatio how much of its round the scrub has read, 0 to 1; empty where there is none
   */
  public record Storage(
      long usedBytes,
      long limitBytes,
      boolean isRefusing,
      long evicted,
      long damaged,
      Optional<Double> scrubRatio) {}
}

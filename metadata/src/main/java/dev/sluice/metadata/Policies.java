package dev.sluice.metadata;

import java.time.Duration;

/**
 * How a rule treats its upstream's images.
 *
 * @param checkInterval how long a tag stays fresh after a check; positive
 * @param checkBudget how long a client with a cached copy waits for a check; positive
 * @param onDeleted what becomes of a cached tag that upstream no longer has
 * @param platforms which children of an index are completed behind the scenes
 */
public record Policies(
    Duration checkInterval, Duration checkBudget, OnDeleted onDeleted, Platforms platforms) {

  /** What becomes of a cached tag that upstream no longer has. */
  public enum OnDeleted {
    /** The last cached image is served on, as Amazon ECR does. */
    SERVE,
    /** The tag is answered as unknown; its content stays reachable by digest. */
    REFUSE
  }
}

package dev.sluice.metadata;

import java.time.Duration;

/**
 * How a rule treats its upstream's images.
 *
 * @param checkIntervals how long a tag stays fresh after a check
 * @param checkBudget how long a client with a cached copy waits for a check; positive
 * @param onDeleted what becomes of a cached tag that upstream no longer has
 * @param platforms which children of an index are completed behind the scenes
 * @param repositories which repositories may be pulled, by their upstream's names
 * @param tags which tags may be pulled
 * @param limits how much of the upstream may be taken
 * @param redirect whether clients may be sent to the nodes' archive for blobs
 */
public record Policies(
    CheckIntervals checkIntervals,
    Duration checkBudget,
    OnDeleted onDeleted,
    Platforms platforms,
    Filter repositories,
    Filter tags,
    UpstreamLimits limits,
    boolean redirect) {

  /** What becomes of a cached tag that upstream no longer has. */
  public enum OnDeleted {
    /** The last cached image is served on, as Amazon ECR does. */
    SERVE,
    /** The tag is answered as unknown; its content stays reachable by digest. */
    REFUSE
  }

  /** Policies that filter nothing and keep to the usual limits. */
  public Policies(
      CheckIntervals checkIntervals,
      Duration checkBudget,
      OnDeleted onDeleted,
      Platforms platforms) {
    this(
        checkIntervals,
        checkBudget,
        onDeleted,
        platforms,
        Filter.NONE,
        Filter.NONE,
        UpstreamLimits.USUAL,
        false);
  }

  /** The same with other intervals. */
  public Policies with(CheckIntervals other) {
    return new Policies(
        other, checkBudget, onDeleted, platforms, repositories, tags, limits, redirect);
  }

  /** The same with another budget. */
  public Policies withCheckBudget(Duration other) {
    return new Policies(
        checkIntervals, other, onDeleted, platforms, repositories, tags, limits, redirect);
  }

  /** The same with another answer to deletion. */
  public Policies with(OnDeleted other) {
    return new Policies(
        checkIntervals, checkBudget, other, platforms, repositories, tags, limits, redirect);
  }

  /** The same with other platforms. */
  public Policies with(Platforms other) {
    return new Policies(
        checkIntervals, checkBudget, onDeleted, other, repositories, tags, limits, redirect);
  }

  /** The same with other filters. */
  public Policies withFilters(Filter otherRepositories, Filter otherTags) {
    return new Policies(
        checkIntervals,
        checkBudget,
        onDeleted,
        platforms,
        otherRepositories,
        otherTags,
        limits,
        redirect);
  }

  /** The same with other limits. */
  public Policies with(UpstreamLimits other) {
    return new Policies(
        checkIntervals, checkBudget, onDeleted, platforms, repositories, tags, other, redirect);
  }

  /** The same with another word on redirects. */
  public Policies withRedirect(boolean other) {
    return new Policies(
        checkIntervals, checkBudget, onDeleted, platforms, repositories, tags, limits, other);
  }
}

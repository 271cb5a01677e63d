package dev.sluice.fetcher;

import java.time.Duration;

/**
 * There is nothing to serve.
 *
 * @param message for people: what happened and what to do
 * @param retryAfter when asking again makes sense; zero where it does not
 * @param ofThisNode whether it is this node that cannot: another node of a cluster may
 */
public record Refused(Reason reason, String message, Duration retryAfter, boolean ofThisNode)
    implements ManifestAnswer, BlobAnswer, TagsAnswer, ReferrersAnswer, CheckAnswer {

  /** Why there is nothing to serve. */
  public enum Reason {
    /** No rule covers the name, or upstream does not know the repository. */
    NAME_UNKNOWN,
    /** Upstream said that it has no such manifest. */
    MANIFEST_UNKNOWN,
    /** Upstream said that it has no such blob. */
    BLOB_UNKNOWN,
    /** Upstream's rate limit is used up. */
    TOO_MANY_REQUESTS,
    /** Upstream forbids it to the rule's credential, or the rule does not let it through. */
    DENIED,
    /** Who would be asked asks us, or sends our question back to us. */
    LOOP_DETECTED,
    /** Upstream cannot be reached, or answers what cannot be trusted. */
    UNAVAILABLE
  }

  /** What every node would say. */
  public Refused(Reason reason, String message, Duration retryAfter) {
    this(reason, message, retryAfter, false);
  }

  /** Says that something does not exist. */
  public static Refused absent(Reason reason, String message) {
    return new Refused(reason, message, Duration.ZERO);
  }
}

package dev.sluice.metadata;

import java.time.Duration;
import java.time.Instant;

/**
 * The check of a tag that upstream did not answer, or not so that it could be used.
 *
 * @param reason for people; cut after {@value #LONGEST_REASON} characters
 * @param nextCheck before that, no other check is begun for a client's sake
 */
public record FailedCheck(Instant at, String reason, Instant nextCheck) {

  /** How long the last answer stands at most before upstream is asked again. */
  public static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  private static final int LONGEST_REASON = 500;

  /** Cuts a reason that quotes too much of what upstream sent. */
  public FailedCheck {
    reason = reason.length() > LONGEST_REASON ? reason.substring(0, LONGEST_REASON) : reason;
  }

  /**
   * Whether the next check may begin. One that lies further off than the longest pause may: the
   * clock was set back, and waiting for that time to come again would freeze the tag.
   */
  public boolean isOver(Instant now) {
    return !now.isBefore(nextCheck) || nextCheck.isAfter(now.plus(LONGEST_PAUSE));
  }
}

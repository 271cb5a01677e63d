package dev.sluice.gateway.access;

import java.time.Duration;

/** What became of an {@code Authorization} header. */
public sealed interface Login {

  /** It is right. */
  record Known(Principal principal) implements Login {}

  /** It is not: not Basic, malformed, an unknown user, a wrong password; nobody is told which. */
  record Wrong() implements Login {}

  /** It holds a registry token that was right until its 12 hours were over. */
  record Expired() implements Login {}

  /**
   * Too many wrong ones came before; this one was not looked at.
   *
   * @param retryAfter until one will be looked at again
   */
  record TooMany(Duration retryAfter) implements Login {}

  /**
   * Too many passwords are being checked; this one was not looked at.
   *
   * @param retryAfter until it is worth coming back
   */
  record Busy(Duration retryAfter) implements Login {}
}

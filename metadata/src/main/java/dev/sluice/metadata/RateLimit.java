package dev.sluice.metadata;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * How far an account's rate limit is used up.
 *
 * @param allowance what the registry last said; empty where it says nothing, as most do
 * @param pullsFrom before that no manifest may be asked for; {@link Instant#EPOCH}: at once
 * @param requestsFrom before that nothing at all may be asked; {@link Instant#EPOCH}: at once
 * @param refusals how many answers 429 came in a row, 0 or more
 */
public record RateLimit(
    Optional<Allowance> allowance, Instant pullsFrom, Instant requestsFrom, int refusals) {

  /** Of an account that was never heard of. */
  public static final RateLimit UNKNOWN =
      new RateLimit(Optional.empty(), Instant.EPOCH, Instant.EPOCH, 0);

  /** The last time that it speaks of: of two accounts the earlier one was heard of longer ago. */
  public Instant latest() {
    Instant seenAt = allowance.map(Allowance::seenAt).orElse(Instant.MIN);
    return Collections.max(List.of(seenAt, pullsFrom, requestsFrom));
  }
}

package dev.sluice.fetcher;

import java.util.List;
import java.util.Optional;

/** The answer to a {@link ReferrersRequest}: {@link Listed} or {@link Refused}. */
public sealed interface ReferrersAnswer permits ReferrersAnswer.Listed, Refused {

  /**
   * All that are known, in ASCII order of their digests.
   *
   * @param staleReason why there may be others; empty where upstream has just said all
   */
  record Listed(List<Referrer> referrers, Optional<String> staleReason) implements ReferrersAnswer {
    /** Copies the list. */
    public Listed {
      referrers = List.copyOf(referrers);
    }
  }
}

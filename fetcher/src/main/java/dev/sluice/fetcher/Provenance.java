package dev.sluice.fetcher;

/** What it took to answer; clients see it as {@code X-Cache}. */
public enum Provenance {
  /** It was here. */
  HIT,
  /** It had to be asked of upstream, for this request. */
  MISS,
  /** It was here, and upstream could not be asked whether it still holds. */
  STALE,
  /** It had to be asked of upstream, and somebody else's request had begun that already. */
  COALESCED
}

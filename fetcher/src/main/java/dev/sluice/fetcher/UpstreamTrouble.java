package dev.sluice.fetcher;

/**
 * Why an upstream gave nothing.
 *
 * @param upstream its host, as the rule names it
 * @param reason in words for people
 */
public record UpstreamTrouble(Kind kind, String upstream, String reason) {

  /** What somebody could do something about. */
  public enum Kind {
    /** Its rate limit is used up. */
    LIMITED,
    /** It knows us and forbids it. */
    DENIED,
    /** It does not accept the credential, or that cannot be read. */
    BAD_LOGIN,
    /** It was not asked, for a reason of ours. */
    UNASKED,
    /** It cannot be reached, breaks off, or fails. */
    DOWN,
    /** It answers what cannot be used. */
    UNUSABLE
  }
}

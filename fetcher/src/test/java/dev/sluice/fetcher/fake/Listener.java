package dev.sluice.fetcher.fake;

/** A port of the fake, each a host of its own in a client's eyes. */
public enum Listener {
  /** Speaks {@code /v2/}. */
  REGISTRY,
  /** Hands out tokens. */
  TOKENS,
  /** Holds the blobs that the registry redirects to. */
  CDN
}

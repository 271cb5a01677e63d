package dev.sluice.fetcher.upstream;

/** What a question to an upstream is for; people come first. */
public enum Purpose {
  /** A client waits, and has nothing else to be served. */
  PULL,
  /** A cached tag is due; a client is served without the answer if it has to be. */
  CHECK,
  /** Children of an index that nobody asked for. */
  COMPLETION
}

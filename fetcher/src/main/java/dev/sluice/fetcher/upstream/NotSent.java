package dev.sluice.fetcher.upstream;

/** A request did not go out: no sign of trouble upstream, and no use in trying again. */
final class NotSent extends Exception {

  private static final long serialVersionUID = 1L;

  NotSent(String message) {
    super(message, null, false, false);
  }
}

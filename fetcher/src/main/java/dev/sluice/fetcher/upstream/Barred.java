package dev.sluice.fetcher.upstream;

/** A connection that {@link AddressGuard} does not allow; its message is a sentence for people. */
final class Barred extends Exception {

  private static final long serialVersionUID = 1L;

  Barred(String message) {
    super(message, null, false, false);
  }
}

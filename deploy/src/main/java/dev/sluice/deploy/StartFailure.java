package dev.sluice.deploy;

/** A node cannot start on this machine as it is; the message says what to do. */
final class StartFailure extends Exception {

  StartFailure(String message, Throwable cause) {
    super(message, cause);
  }
}

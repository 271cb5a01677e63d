package dev.sluice.metadata.redis;

/** The number of the last change that was heard of. May be used from any thread. */
final class ChangeCount {

  private long last;

  synchronized long last() {
    return last;
  }

  /** Takes the next change; false where some between were not heard of. */
  synchronized boolean next(long number) {
    boolean next = number == last + 1;
    last = number;
    return next;
  }

  /** Goes on from this number. */
  synchronized void from(long number) {
    last = number;
  }
}

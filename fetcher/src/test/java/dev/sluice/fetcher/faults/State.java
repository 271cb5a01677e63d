package dev.sluice.fetcher.faults;

/** How much of the image is here when the fault strikes. */
enum State {
  /** Nothing that the fault could strike. */
  COLD,
  /** The image was pulled, and its tag is due for a check. */
  WARM,
  /** Nothing, and two clients wait for the same bytes. */
  FILLING
}

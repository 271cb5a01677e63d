package dev.sluice.fetcher.fake;

import java.util.Comparator;

/** A point in a body where something happens to the answer. */
sealed interface Stop {
  /** The place before the status line, where nothing has been sent yet. */
  long BEFORE_HEAD = -1;

  /** By their place; a gate comes before what ends an answer in the same place. */
  Comparator<Stop> ORDER =
      Comparator.comparingLong(Stop::at).thenComparing(stop -> !(stop instanceof Hold));

  /** After how many bytes of this answer's body; 0 is behind the head. */
  long at();

  /** The connection ends: by FIN, or by RST, which may overtake bytes not yet read. */
  record Cut(long at, boolean reset) implements Stop {}

  /** Nothing more comes, the connection stays. */
  record Stall(long at) implements Stop {}

  /** Nothing more comes until the gate lets it. */
  record Hold(long at, Gate gate) implements Stop {}
}

package dev.sluice.fetcher.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.Refused.Reason;

/** What a client may see of a fault when nothing is cached. */
enum Expected {
  /** Nothing: it is served in spite of it. */
  SERVED,
  /** A refusal before the first byte. */
  REFUSED,
  /** A refusal, or a body that is cut. */
  BROKEN,
  /** Whatever is not wrong. */
  EITHER;

  /** Whether upstream said nothing that a cached copy could be confirmed by. */
  boolean leavesStale() {
    return this == REFUSED || this == BROKEN;
  }

  void check(Seen seen, Reason reason) {
    switch (this) {
      case SERVED -> assertThat(seen).satisfies(s -> assertThat(s.isServed()).isTrue());
      case REFUSED -> assertThat(seen).isInstanceOf(Seen.Refusal.class);
      case BROKEN -> assertThat(seen.isServed()).as("%s", seen).isFalse();
      case EITHER -> assertThat(seen).isNotNull();
    }
    if (seen instanceof Seen.Refusal(var given, var _)) {
      assertThat(given).isEqualTo(reason);
    }
  }
}

package dev.sluice.gateway.console;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Times as the console's data has them. */
final class Times {

  private Times() {}

  static String text(Instant at) {
    return at.truncatedTo(ChronoUnit.MILLIS).toString();
  }

  static String text(long millis) {
    return Instant.ofEpochMilli(millis).toString();
  }
}

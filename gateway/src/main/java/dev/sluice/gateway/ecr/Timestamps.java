package dev.sluice.gateway.ecr;

import java.math.BigDecimal;
import java.time.Instant;

/** Times on the wire: seconds since 1970 with a fraction; no other form suits every client. */
public final class Timestamps {

  private Timestamps() {}

  /** Whole milliseconds. */
  public static BigDecimal of(Instant time) {
    return BigDecimal.valueOf(time.toEpochMilli(), 3);
  }
}

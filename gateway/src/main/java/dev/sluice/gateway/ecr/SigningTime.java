package dev.sluice.gateway.ecr;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** When a request says that it was signed: {@code x-amz-date}, such as 20261123T162553Z. */
record SigningTime(Instant instant) {

  /** How far a client's clock may be from ours, either way (AWS' own). */
  private static final Duration TOLERANCE = Duration.ofMinutes(5);

  private static final DateTimeFormatter FORM =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'")
          .withResolverStyle(ResolverStyle.STRICT)
          .withZone(ZoneOffset.UTC);

  private static final int DAY_LENGTH = 8;

  /** Reads the header; empty where it is of another form. */
  static Optional<SigningTime> parse(String header) {
    try {
      return Optional.of(
          new SigningTime(LocalDateTime.parse(header, FORM).toInstant(ZoneOffset.UTC)));
    } catch (DateTimeParseException otherForm) {
      return Optional.empty();
    }
  }

  /** Its day as it stands in a credential scope. */
  String day() {
    return toString().substring(0, DAY_LENGTH);
  }

  /** What speaks against it at this moment, in AWS' words; empty where it is near enough. */
  Optional<String> objection(Instant moment) {
    Instant now = moment.truncatedTo(ChronoUnit.SECONDS);
    Instant earliest = now.minus(TOLERANCE);
    Instant latest = now.plus(TOLERANCE);
    if (instant.isBefore(earliest)) {
      return Optional.of(
          "Signature expired: %s is now earlier than %s (%s - 5 min.)"
              .formatted(this, FORM.format(earliest), FORM.format(now)));
    }
    if (instant.isAfter(latest)) {
      return Optional.of(
          "Signature not yet current: %s is still later than %s (%s + 5 min.)"
              .formatted(this, FORM.format(latest), FORM.format(now)));
    }
    return Optional.empty();
  }

  @Override
  public String toString() {
    return FORM.format(instant);
  }
}

package dev.sluice.deploy.logging;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** How much a logger says, from everything to nothing. */
public enum LogLevel {
  /** Everything. */
  TRACE,
  /** Why something was decided as it was. */
  DEBUG,
  /** What an operator wants to know of an ordinary day. */
  INFO,
  /** What somebody should look at. */
  WARN,
  /** What is broken. */
  ERROR,
  /** Nothing. */
  OFF;

  /** The level of a word; empty where there is none. */
  public static Optional<LogLevel> parse(String word) {
    return Arrays.stream(values()).filter(level -> level.written().equals(word)).findFirst();
  }

  /** All of them as people write them, in a line. */
  public static String words() {
    return Arrays.stream(values()).map(LogLevel::written).collect(Collectors.joining(", "));
  }

  /** As people write it, in lower case. */
  public String written() {
    return name().toLowerCase(Locale.ROOT);
  }
}

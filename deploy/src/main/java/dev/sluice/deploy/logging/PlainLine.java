package dev.sluice.deploy.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.slf4j.event.KeyValuePair;

/** An event for people: time, level, who, what. */
final class PlainLine {

  private PlainLine() {}

  static void write(ILoggingEvent event, StringBuilder line) {
    String logger = event.getLoggerName();
    line.append(event.getInstant().truncatedTo(ChronoUnit.MILLIS)).append(' ');
    line.append("%-5s ".formatted(event.getLevel()));
    line.append(logger, logger.lastIndexOf('.') + 1, logger.length()).append(": ");
    escape(event.getFormattedMessage(), line);
    for (KeyValuePair pair : Optional.ofNullable(event.getKeyValuePairs()).orElse(List.of())) {
      escape(" " + pair.key + '=' + pair.value, line);
    }
    if (event.getThrowableProxy() != null) {
      escape(" | " + Trace.of(event.getThrowableProxy()), line);
    }
  }

  /** Control characters would let a client's text begin a line of its own, or move the cursor. */
  static void escape(String text, StringBuilder line) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      int kind = Character.getType(c);
      boolean isPlain =
          kind != Character.CONTROL
              && kind != Character.FORMAT
              && kind != Character.LINE_SEPARATOR
              && kind != Character.PARAGRAPH_SEPARATOR;
      if (isPlain) {
        line.append(c);
      } else {
        line.append("\\u%04x".formatted((int) c));
      }
    }
  }
}

package dev.sluice.deploy.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.slf4j.event.KeyValuePair;

/** An event for machines: one JSON object, of texts and numbers. */
final class JsonLine {

  private static final JsonStringEncoder ENCODER = JsonStringEncoder.getInstance();

  private JsonLine() {}

  static void write(ILoggingEvent event, StringBuilder line) {
    line.append("{\"time\":\"").append(event.getInstant().truncatedTo(ChronoUnit.MILLIS));
    line.append('"');
    field("level", event.getLevel().toString(), line);
    field("logger", event.getLoggerName(), line);
    field("thread", event.getThreadName(), line);
    field("message", event.getFormattedMessage(), line);
    for (KeyValuePair pair : Optional.ofNullable(event.getKeyValuePairs()).orElse(List.of())) {
      if (pair.value instanceof Number number) {
        name(pair.key, line);
        line.append(number);
      } else {
        field(pair.key, String.valueOf(pair.value), line);
      }
    }
    if (event.getThrowableProxy() != null) {
      field("exception", Trace.of(event.getThrowableProxy()), line);
    }
    line.append('}');
  }

  private static void field(String name, String value, StringBuilder line) {
    name(name, line);
    line.append('"');
    ENCODER.quoteAsString(value, line);
    line.append('"');
  }

  private static void name(String name, StringBuilder line) {
    line.append(",\"");
    ENCODER.quoteAsString(name, line);
    line.append("\":");
  }
}

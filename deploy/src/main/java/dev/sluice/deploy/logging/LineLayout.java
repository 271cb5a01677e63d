package dev.sluice.deploy.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.LayoutBase;
import dev.sluice.deploy.config.Config.LogFormat;

/** One event, one line, whatever the event holds. */
final class LineLayout extends LayoutBase<ILoggingEvent> {

  private volatile LogFormat format = LogFormat.PLAIN;

  void use(LogFormat next) {
    format = next;
  }

  @Override
  public String doLayout(ILoggingEvent event) {
    StringBuilder line = new StringBuilder(160);
    switch (format) {
      case PLAIN -> PlainLine.write(event, line);
      case JSON -> JsonLine.write(event, line);
    }
    return line.append('\n').toString();
  }
}

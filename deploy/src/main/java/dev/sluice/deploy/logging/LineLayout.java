package dev.sluice.deploy.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.LayoutBase;

/** One event, one line, whatever the event holds. */
final class LineLayout extends LayoutBase<ILoggingEvent> {

  private volatile Form form = PlainLine::write;

  /** How an event is written. */
  @FunctionalInterface
  interface Form {

    /** Adds the event to a line, without an end of the line. */
    void write(ILoggingEvent event, StringBuilder line);
  }

  void use(Form next) {
    form = next;
  }

  @Override
  public String doLayout(ILoggingEvent event) {
    StringBuilder line = new StringBuilder(160);
    form.write(event, line);
    return line.append('\n').toString();
  }
}

package dev.sluice.deploy.logging;

import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import java.util.StringJoiner;

/** An exception in one line: itself, the top of its stack, and so for each of its causes. */
final class Trace {

  private static final int FRAMES = 12;
  private static final int CAUSES = 8;

  private Trace() {}

  static String of(IThrowableProxy thrown) {
    StringJoiner text = new StringJoiner(" | caused by ");
    IThrowableProxy cause = thrown;
    for (int i = 0; i < CAUSES && cause != null; i++) {
      text.add(one(cause));
      cause = cause.getCause();
    }
    return text.toString();
  }

  private static String one(IThrowableProxy thrown) {
    StringJoiner text = new StringJoiner(" | ");
    String message = thrown.getMessage();
    text.add(thrown.getClassName() + (message == null ? "" : ": " + message));
    StackTraceElementProxy[] frames = thrown.getStackTraceElementProxyArray();
    for (int i = 0; i < frames.length && i < FRAMES; i++) {
      text.add(frames[i].getSTEAsString());
    }
    return text.toString();
  }
}
